# SPDX-License-Identifier: Apache-2.0
"""The words that reports share, in Arabic, English and French."""

from __future__ import annotations

__all__ = ["word"]

_WORDS: dict[str, tuple[str, str, str]] = {
    # outcomes
    "met": ("مستوفى", "met", "rempli"),
    "not met": ("غير مستوفى", "not met", "non rempli"),
    "undetermined": ("غير محسوم", "undetermined", "indéterminé"),
    "not applicable": ("لا ينطبق", "not applicable", "sans objet"),
    "pending": ("قيد الانتظار", "pending", "en attente"),
    "met by exception": ("مستوفى استثناءً", "met by exception", "rempli par exception"),
    # standings
    "read": ("مقروء في المصدر", "read at the source", "lu à la source"),
    "background": ("معرفة عامة", "background", "connaissance générale"),
    "reconstruction": ("إعادة بناء", "reconstruction", "reconstitution"),
    "not_known": ("غير معروف", "not known", "inconnu"),
    # sides
    "public": ("القطاع العام", "Public sector", "Secteur public"),
    "civil_society": ("المجتمع المدني", "Civil society", "Société civile"),
    "other": ("أطراف أخرى", "Others", "Autres"),
    # kinds of dialogue
    "round_table": ("طاولة حوار", "round table", "table ronde"),
    "workshop": ("ورشة عمل", "workshop", "atelier"),
    "consultation": ("استشارة", "consultation", "consultation"),
    "meeting": ("اجتماع", "meeting", "réunion"),
    "conference": ("مؤتمر", "conference", "conférence"),
    "presentation": ("عرض", "presentation", "présentation"),
    "training": ("تدريب", "training", "formation"),
    "other_dialogue": ("لقاء آخر", "other meeting", "autre rencontre"),
    # headings of tables
    "criterion": ("المعيار", "Criterion", "Critère"),
    "outcome": ("النتيجة", "Outcome", "Résultat"),
    "picture": ("الصورة", "Picture", "Image"),
    "counted": ("المحتسب", "Counted", "Comptés"),
    "may_count": ("قد يُحتسب", "May count", "Peut compter"),
    "least": ("الأدنى", "Least", "Minimum"),
    "most": ("الأقصى", "Most", "Maximum"),
    "reason": ("السبب", "Reason", "Motif"),
    "member": ("العضو", "Member", "Membre"),
    "counts_for": ("يُحتسب في", "Counts for", "Compte pour"),
    "certain": ("مؤكد", "certain", "certain"),
    "possible": ("ممكن", "possible", "possible"),
    "set": ("المجموعة", "Set", "Ensemble"),
    "number": ("الرقم", "No.", "N°"),
    "date": ("التاريخ", "Date", "Date"),
    "name": ("الاسم", "Name", "Nom"),
    "kind": ("النوع", "Kind", "Genre"),
    "place": ("المكان", "Place", "Lieu"),
    "participants": ("المشاركون", "Participants", "Participants"),
    "present": ("الجهات الحاضرة", "Bodies present", "Organismes présents"),
    "source": ("المصدر", "Source", "Source"),
    "sources": ("المصادر", "Sources", "Sources"),
    "note": ("ملاحظة", "Note", "Remarque"),
    # charters
    "norms": ("القواعد", "Norms", "Normes"),
    "versions": ("الصيغ", "Versions", "Versions"),
    "version": ("الصيغة", "Version", "Version"),
    "tests": ("الاختبارات", "Tests", "Tests"),
    "test": ("الاختبار", "Test", "Test"),
    "case": ("حالة", "case", "cas"),
    "expected": ("المتوقع", "Expected", "Attendu"),
    "got": ("الحاصل", "Got", "Obtenu"),
    "charter hash": (
        "بصمة الوثيقة (SHA-256):",
        "Hash of the document (SHA-256):",
        "Empreinte du document (SHA-256) :",
    ),
    "facts": ("الوقائع", "Facts", "Faits"),
    "fact": ("الواقعة", "Fact", "Fait"),
    "type": ("نوع القيمة", "Type", "Type"),
    "article": ("المادة", "Article", "Article"),
    "always in force": ("نافذة في كل وقت", "always in force", "toujours en vigueur"),
    "in force from": ("نافذة من", "in force from", "en vigueur à partir du"),
    "in force until": ("وحتى ما قبل", "until before", "jusqu'à la veille du"),
    "in force": ("النفاذ", "In force", "Vigueur"),
    "bearer": ("على عاتق", "Bearer", "Débiteur"),
    "modality": ("الصفة", "Modality", "Modalité"),
    "obligation": ("موجب", "obligation", "obligation"),
    "prohibition": ("حظر", "prohibition", "interdiction"),
    "permission": ("إجازة", "permission", "permission"),
    "citation": ("المرجع", "Citation", "Référence"),
    "applies": ("تنطبق متى", "Applies where", "S'applique si"),
    "condition": ("الشرط", "Condition", "Condition"),
    "exception of": ("استثناء من", "Exception of", "Exception à"),
    "reparation": ("ما ينشأ عن المخالفة", "If broken", "En cas de manquement"),
    "principle": ("المبدأ", "Principle", "Principe"),
    "not enabled": ("غير مفعّلة", "not enabled", "non activée"),
    "partly read": (
        "مقروء جزئياً في المصدر",
        "partly read at the source",
        "lu en partie à la source",
    ),
    # values
    "yes": ("نعم", "yes", "oui"),
    "no": ("لا", "no", "non"),
    "nothing": ("لا شيء", "none", "aucun"),
    "more_than": ("أكثر من", "more than", "plus de"),
    "members": ("عدد الأعضاء", "members", "membres"),
    "comma": ("، ", ", ", ", "),
    "no_bound": ("بلا حد", "no bound", "sans limite"),
}
_ORDER = {"ar": 0, "en": 1, "fr": 2}


def word(key: str, language: str) -> str:
    """The word for `key`; KeyError for a key or a language that is none."""
    return _WORDS[key][_ORDER[language]]
