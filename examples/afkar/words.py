# SPDX-License-Identifier: Apache-2.0
"""What the report says around the record's own words, in Arabic and English."""

WORDS = {
    "title": {
        "ar": "أفكار: سجلّ برنامج شراكة",
        "en": "AFKAR: the record of a partnership programme",
    },
    "lead": {
        "ar": (
            "الحوار والشراكة بين القطاع العام والمجتمع المدني في لبنان كما تحفظهما المصادر: كل "
            "رقم في هذا التقرير مأخوذ من السجلّ، ولكل واقعة مصدرها."
        ),
        "en": (
            "Dialogue and partnership between the public sector and civil society in Lebanon, "
            "as the sources keep them: every number in this report is read from the register, "
            "and every fact has its source."
        ),
    },
    "description": {
        "ar": "سجلّ برنامج أفكار: الجدول الزمني، لجنة المتابعة، المعايير، الحوارات، المصادر.",
        "en": (
            "The record of the AFKAR programme: timeline, follow-up committee, criteria, "
            "dialogues, sources."
        ),
    },
    "kinds": {"ar": "كيف يُقرأ هذا التقرير", "en": "How to read this report"},
    "fact": {"ar": "واقعة", "en": "fact"},
    "fact_is": {
        "ar": (
            "وارد في مصدر يُذكر معه. لا يعني ذلك أنه صحيح: حيث تتعارض المصادر تُعرض جميعها "
            "جنبًا إلى جنب."
        ),
        "en": (
            "A named source says it. That does not make it true: where sources contradict each "
            "other, all are shown side by side."
        ),
    },
    "example": {"ar": "مثال منّا", "en": "example of ours"},
    "example_is": {
        "ar": (
            "من وضعنا لإظهار عمل المكتبة، ولا يُنسب إلى البرنامج: أرقام معايير اللجنة والترجمات."
        ),
        "en": (
            "Made by us to show the library at work and not to be attributed to the programme: "
            "the numbers of the committee's criteria, and translations."
        ),
    },
    "unknown": {"ar": "غير معروف", "en": "not known"},
    "unknown_is": {
        "ar": (
            "لا يرد في أي مصدر متاح، فبقي فارغًا ولم يُخمَّن. وما يتوقف عليه من معايير يبقى غير محسوم."
        ),
        "en": (
            "No source at hand says it, so it was left open and not guessed. Criteria that "
            "depend on it stay undetermined."
        ),
    },
    # the example lottery
    "lottery": {
        "ar": "قرعة عادلة للجنة التنسيقية (مثال)",
        "en": "A fair lottery for the coordination committee (example)",
    },
    "lottery_example": {
        "ar": (
            "المرشحون وجهاتهم من اختراعنا، وأرقام المعايير والأيام والبذرة منّا كذلك. لا شيء من "
            "هذا القسم واقعة، وقد قُيِّد في سجلّ خاص به."
        ),
        "en": (
            "The nominees and their bodies are invented, and the criteria's numbers, the days and "
            "the seed are ours as well. Nothing in this section is a fact; it is recorded in a "
            "register of its own."
        ),
    },
    "lottery_note": {
        "ar": (
            "من بين كل اللجان المؤلفة من {size} عضوًا والمستوفية للمعايير تُختار واحدة بالقرعة، "
            "بحيث يكون أدنى احتمال بين المرشحين أعلى ما يمكن، ثم الذي يليه، وهكذا. والشهادة تُثبت "
            "أن لا قرعة أعدل، ويتحقق منها برنامج مستقل لا يعرف كيف وُجدت."
        ),
        "en": (
            "Of all committees of {size} members that meet the criteria one is chosen by lot, so "
            "that the least probability of a nominee is as large as it can be, then the second "
            "least, and so on. The certificate proves that no lottery is fairer; it is checked by "
            "an independent program that does not know how it was found."
        ),
    },
    "draw": {"ar": "السحب", "en": "The draw"},
    "draw_note": {
        "ar": (
            "نُشرت {panels} لجنة مرقّمة متساوية الاحتمال قبل أن تُعرف البذرة؛ ثم قرّرت البذرة رقم "
            "اللجنة. يستطيع أي كان إعادة السحب من الوثيقة المنشورة وحدها."
        ),
        "en": (
            "{panels} numbered, equally likely panels were published before the seed could be "
            "known; then the seed decided the number. Anybody can repeat the draw from the "
            "published document alone."
        ),
    },
    "draw_number": {"ar": "رقم اللجنة المسحوبة", "en": "Number of the panel drawn"},
    "draw_check": {"ar": "التحقق من السحب", "en": "Verification of the draw"},
    "draw_entries": {"ar": "قيود سجلّ المثال", "en": "Entries in the example's register"},
    "draw_seed": {"ar": "البذرة", "en": "Seed"},
    "draw_panels": {
        "ar": "بصمة وثيقة اللجان (SHA-256)",
        "en": "Hash of the document of the panels (SHA-256)",
    },
    "side": {"ar": "الطرف", "en": "Side"},
    "seat_number": {"ar": "المقعد", "en": "Seat"},
    "of_body": {"ar": "الجهة", "en": "Body"},
    # key figures
    "entries": {"ar": "قيود السجلّ", "en": "Entries in the journal"},
    "facts_read": {"ar": "وقائع مقروءة في مصادرها", "en": "Facts read at their sources"},
    "source_count": {"ar": "مصادر مختلفة", "en": "Different sources"},
    "bodies": {"ar": "جهات", "en": "Bodies"},
    "dialogues": {"ar": "حوارات ولقاءات", "en": "Dialogues and meetings"},
    "seats": {"ar": "مقاعد لجنة المتابعة", "en": "Seats of the follow-up committee"},
    "conflict_count": {"ar": "تعارضات بين المصادر", "en": "Contradictions between sources"},
    "verdict": {"ar": "نتيجة التحقق من السجلّ", "en": "The register's verification"},
    "sound": {"ar": "✓ سليم", "en": "✓ sound"},
    "unsound": {"ar": "✗ غير سليم", "en": "✗ not sound"},
    # timeline
    "timeline": {"ar": "الجدول الزمني", "en": "Timeline"},
    "timeline_desc": {
        "ar": (
            "المراحل الثلاث أشرطة، وتحتها الحوارات والوثائق واللجنة علامات مرقمة بحسب التاريخ؛ "
            "القائمة أدناه تسمّيها."
        ),
        "en": (
            "The three phases as bands; below them dialogues, documents and the committee as "
            "marks numbered by date, which the list below names."
        ),
    },
    "timeline_note": {
        "ar": (
            "الأطراف المتلاشية للأشرطة غير معروفة في المصادر: يُعرف شهر بداية أفكار 1 وحده. "
            "تواريخ اللقاءات هي تواريخ المقالات عنها."
        ),
        "en": (
            "Faded ends of bands are not in the sources: only the month in which AFKAR I began "
            "is known. The days of meetings are those of the articles about them."
        ),
    },
    "dialogue": {"ar": "حوار أو لقاء", "en": "dialogue or meeting"},
    "document": {"ar": "وثيقة", "en": "document"},
    "committee": {"ar": "تشكيل لجنة", "en": "committee formed"},
    # composition
    "composition": {"ar": "من يجلس إلى الطاولة", "en": "Who sits at the table"},
    "followup": {"ar": "لجنة المتابعة، {day}", "en": "The follow-up committee, {day}"},
    "followup_note": {
        "ar": (
            "تشغل المقاعدَ جهاتٌ؛ أما أسماء من مثّلها فغير واردة في المصادر. ولا يذكر المصدر "
            "الطرف الذي تنتمي إليه الجامعة والمنظمة الدولية، فوُضعتا في «أطراف أخرى»."
        ),
        "en": (
            "Bodies hold the seats; the names of those who sat for them are not in the sources. "
            "The source does not say on which side the university institute and the "
            "international organisation stand: they are shown as others."
        ),
    },
    "platform": {
        "ar": "منصة الشراكة كما تظهر في المصادر",
        "en": "The partnership platform as far as the sources show it",
    },
    "platform_note": {
        "ar": (
            "الجهات العامة الحاضرة في طاولة حوار {day}، ومنظمات المجتمع المدني المذكورة في "
            "المصادر. لا ترد في أي مصدر قائمة بأعضاء المنصة."
        ),
        "en": (
            "The public bodies present at the round table of {day} and the civil society "
            "organisations that the sources name. No source lists the platform's members."
        ),
    },
    "arc_desc": {
        "ar": "مقاعد على شكل نصف دائرة مرقمة ومجمّعة بحسب الطرف؛ القائمة أدناه تسمّيها.",
        "en": "Seats in a half circle, numbered and grouped by side; the list below names them.",
    },
    # criteria
    "criteria": {"ar": "هل تستوفي المعايير؟", "en": "Are the criteria met?"},
    "criteria_example": {
        "ar": (
            "تسمّي الوثيقة التأسيسية مواضيع المعايير: القضايا والقطاعات والتخصص، مع عضوية مرنة "
            "لمنظمات المجتمع المدني، على أن يتفق عليها الطرفان. لكنها لا تذكر أرقامًا. كل رقم "
            "في المعايير أدناه مثال منّا، ولم يتفق عليه أحد."
        ),
        "en": (
            "The founding document names what the criteria are about: issues, sectors and "
            "specialisation, with flexible membership of civil society, to be agreed by both "
            "sides. It gives no numbers. Every number in the criteria below is an example of "
            "ours; nobody agreed to it."
        ),
    },
    "answer": {"ar": "النتيجة", "en": "The answer"},
    "who_counts": {"ar": "من يُحتسب وأين", "en": "Who counts where"},
    "unmet_sets": {
        "ar": "أصغر مجموعات المعايير غير المستوفاة",
        "en": "Minimal sets of criteria that are not met",
    },
    "unmet_note": {
        "ar": "كل مجموعة لا يمكن استيفاؤها معًا، ولو حُذف أحد عناصرها لاستُوفي الباقي.",
        "en": (
            "Each set is not met as a whole, and without any one of its criteria the rest of it "
            "would be."
        ),
    },
    "meter_note": {
        "ar": (
            "في الصورة: الممتلئ محتسب، والمخطط قد يُحتسب حين تُعرف وقائعه، والخط العمودي هو "
            "الحد المطلوب."
        ),
        "en": (
            "In the picture: full is counted, hatched may count once the facts are known, an "
            "upright line is a bound."
        ),
    },
    # dialogues
    "dialogues_heading": {"ar": "الحوارات واللقاءات", "en": "Dialogues and meetings"},
    "dialogues_note": {
        "ar": "تُذكر الجهات الحاضرة حيث سمّاها المصدر وحده.",
        "en": "Bodies present are listed only where the source names them.",
    },
    # path
    "path": {"ar": "مسار الاستراتيجية", "en": "The path of the strategy"},
    "path_read": {"ar": "خطوات مؤرخة في المصادر", "en": "Steps that the sources date"},
    "path_plan": {
        "ar": "خطة العمل: إعادة بناء من السرد",
        "en": "The action plan: a reconstruction from the narrative",
    },
    "path_plan_note": {
        "ar": (
            "القائمة الرسمية لخطوات خطة العمل مفقودة من النسخ المحفوظة. ما يلي أنشطة ذكرها "
            "السرد قبل انقطاعه، وليس القائمة الرسمية."
        ),
        "en": (
            "The official list of the action plan's steps is missing from the stored copies. "
            "What follows are activities that the narrative names before it breaks off, not the "
            "official list."
        ),
    },
    "no_date": {"ar": "من دون تاريخ في المصادر", "en": "no date in the sources"},
    # conflicts
    "conflicts": {"ar": "حيث تتعارض المصادر", "en": "Where the sources contradict each other"},
    "conflicts_note": {
        "ar": "لا يرجّح السجلّ مصدرًا على آخر: يحفظ القولين ومصدر كل منهما.",
        "en": (
            "The register does not prefer one source to another: it keeps both claims and the "
            "source of each."
        ),
    },
    # record
    "norms": {"ar": "قواعد النص المؤسِّس", "en": "The norms of the founding document"},
    "norms_note": {
        "ar": (
            "ما يقوله النص المؤسِّس عن المنصة والشرعة والحوار والسكرتاريا، قاعدةً قاعدة، وما تقوله "
            "وقائع السجلّ فيها في {day}. القاعدة التي لا تُعرف وقائعها تبقى غير محسومة: لا تُعدّ "
            "مستوفاة ولا غير مستوفاة. أما مواد شرعة الشراكة نفسها فليست في أي مصدر متاح."
        ),
        "en": (
            "What the founding document says of the platform, the charter, dialogue and the "
            "secretariat, norm by norm, and what the facts in the register make of it as of {day}. "
            "A norm whose facts are not known stays undetermined: neither met nor not met. The "
            "articles of the partnership charter itself are in no source at hand."
        ),
    },
    "norm": {"ar": "القاعدة", "en": "Norm"},
    "passage": {"ar": "النص", "en": "Text"},
    "kind_platform": {"ar": "منصة الشراكة", "en": "The partnership platform"},
    "kind_secretariat": {"ar": "لجنة السكرتاريا والتنسيق", "en": "The secretariat"},
    "kind_charter": {"ar": "شرعة الشراكة", "en": "The partnership charter"},
    "explained": {"ar": "شرح نتيجة واحدة كاملة", "en": "One finding, fully explained"},
    "charter_hash": {
        "ar": "بصمة وثيقة القواعد؛ القواعد المنشورة هي القواعد المنفَّذة",
        "en": "Hash of the document of norms; the published rules are the executed rules",
    },
    "record": {"ar": "السجلّ وإثباته", "en": "The record and its proof"},
    "record_note": {
        "ar": "بصمة واحدة تمثّل القيود كلها معًا. من يحتفظ بها يكتشف أي تغيير لاحق في أي قيد.",
        "en": "One hash stands for all entries together. Whoever keeps it can later tell whether "
        "any entry was changed.",
    },
    "root": {
        "ar": "بصمة السجلّ (جذر ميركل، RFC 9162)",
        "en": "Hash of the record (Merkle root, RFC 9162)",
    },
    "criteria_hash": {
        "ar": "بصمة وثيقة المعايير (SHA-256)",
        "en": "Hash of the criteria document (SHA-256)",
    },
    "verify_register": {
        "ar": "فحص السجلّ كاملًا: البنية والبصمات والجداول",
        "en": "The whole register checked: structure, hashes, tables",
    },
    "verify_export": {
        "ar": "فحص الدفتر المنشور بالمدقق المستقل",
        "en": "The published journal checked by the independent verifier",
    },
    "findings": {"ar": "أخطاء: {count}", "en": "faults: {count}"},
    "export_entries": {"ar": "قيود مدققة: {count}", "en": "entries checked: {count}"},
    "yourself": {
        "ar": "للتحقق بنفسك من الدفتر المنشور",
        "en": "To check the published journal yourself",
    },
    # three lists
    "lists": {"ar": "ثلاث قوائم", "en": "Three lists"},
    "facts_list": {"ar": "الوقائع ومصادرها", "en": "Facts and their sources"},
    "fact_column": {"ar": "الواقعة", "en": "Fact"},
    "value_column": {"ar": "القيمة", "en": "Value"},
    "example_list": {"ar": "أمثلة منّا", "en": "Examples of ours"},
    "unknown_list": {"ar": "ما ليس معروفًا", "en": "What is not known"},
    "example_criteria": {
        "ar": "وثيقة المعايير وكل أرقامها، ومنها:",
        "en": "The criteria document and all of its numbers, among them:",
    },
    "example_wording": {
        "ar": (
            "الصيغة العربية لما ورد في المصادر بالإنكليزية وحدها، باستثناء ما أُخذ من كلمات "
            "الوثيقة التأسيسية."
        ),
        "en": (
            "The Arabic wording of what the sources say in English only, apart from the "
            "founding document's own words."
        ),
    },
    "example_names": {
        "ar": (
            "الأسماء العربية للوزارات والجهات التي لا يذكرها المصدر بالعربية: هي أسماؤها "
            "الرسمية، وقطاع الوزارة ما يدل عليه اسمها."
        ),
        "en": (
            "Arabic names of ministries and bodies that the source names in English only: their "
            "official names; a ministry's sector is what its name says."
        ),
    },
    "example_days": {
        "ar": (
            "يوم كل قيد: يوم الواقعة أو المقال حيث يُعرف، وإلا أول الفترة، وإلا يوم جمع الوقائع "
            "({day})."
        ),
        "en": (
            "The day of each entry: that of the fact or of the article where it is known, else "
            "the first of the period, else the day on which the facts were collected ({day})."
        ),
    },
    "unknown_members": {
        "ar": "أسماء الأعضاء: مقاعد من دون شخص معروف: {count} من {total}.",
        "en": "The members by name: seats without a known person: {count} of {total}.",
    },
    "unknown_sectors": {
        "ar": "قطاعات الجهات: جهات من دون قطاع معروف: {count} من {total}.",
        "en": "Sectors of bodies: bodies without a known sector: {count} of {total}.",
    },
    "unknown_issues": {
        "ar": "القضايا التي تعمل عليها الجهات: جهات من دون قضية معروفة: {count} من {total}.",
        "en": "Issues that bodies work on: bodies without a known issue: {count} of {total}.",
    },
    "unknown_specialisations": {
        "ar": "تخصص الجهات: جهات من دون تخصص معروف: {count} من {total}.",
        "en": "Specialisation of bodies: bodies without a known one: {count} of {total}.",
    },
    "unknown_phases": {
        "ar": (
            "نهاية كل مرحلة، وبداية المرحلتين الثانية والثالثة: مراحل من دون فترة معروفة: "
            "{count} من {total}."
        ),
        "en": (
            "The end of each phase and the start of the second and third: phases without a "
            "known period: {count} of {total}."
        ),
    },
    "unknown_criteria": {
        "ar": (
            "الأرقام التي اتفق عليها الطرفان لتشكيل اللجنة التنسيقية، إن كانا قد اتفقا: وثائق "
            "معايير مقيَّدة: {count}."
        ),
        "en": (
            "The numbers to which both sides agreed for the coordination committee, if they "
            "did: criteria documents on record: {count}."
        ),
    },
    "source_list": {"ar": "المصادر", "en": "Sources"},
    # groups of facts, by the beginning of the claim's id
    "group.name": {"ar": "الأسماء", "en": "Names"},
    "group.phase.1": {"ar": "أفكار 1", "en": "AFKAR I"},
    "group.phase.2": {"ar": "أفكار II", "en": "AFKAR II"},
    "group.phase.3": {"ar": "أفكار III", "en": "AFKAR III"},
    "group.phase.all": {"ar": "المراحل الثلاث", "en": "All three phases"},
    "group.dialogue": {"ar": "طاولات الحوار", "en": "Round tables"},
    "group.event": {"ar": "الأحداث", "en": "Events"},
    "group.platform": {"ar": "منصة الشراكة", "en": "Partnership platform"},
    "group.charter": {"ar": "شرعة الشراكة", "en": "Charter of partnership"},
    "group.citizen_charter": {"ar": "شرعة المواطن", "en": "Citizen's Charter"},
    "group.capacity": {"ar": "بناء القدرات", "en": "Capacity building"},
    "group.strategy": {"ar": "الاستراتيجية", "en": "Strategy"},
}


def say(key: str, language: str, **values: object) -> str:
    """The text for `key`, with `{name}` filled from `values`."""
    return WORDS[key][language].format(**values) if values else WORDS[key][language]
