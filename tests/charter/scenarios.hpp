// SPDX-License-Identifier: Apache-2.0
//
// A charter with norms for each way in which a finding comes about, for the tests of words.
#pragma once

namespace partnership::charter::test {

inline const char* scenario_charter() {
  return R"json({
  "charter": "scenarios", "version": "3", "title": {"ar": "ميثاق", "en": "A charter", "fr": "Une charte"},
  "source": {"title": "The official journal", "passage": "p. 7"},
  "calendar": {"calendar": "week", "title": "Week", "weekend": ["saturday", "sunday"],
               "valid": {"from": "2015-01-01", "to": "2026-01-01"}},
  "parties": {"ministry": {"ar": "الوزارة", "en": "the ministry", "fr": "le ministère"},
              "platform": {"ar": "المنصة", "en": "the platform", "fr": "la plateforme"}},
  "kinds": {"dialogue": {"label": "Dialogue", "dated by": "opened", "facts": {
    "opened": {"type": "date", "label": {"ar": "تاريخ الافتتاح", "en": "opening", "fr": "ouverture"}},
    "closed": {"type": "date?", "label": {"ar": "الإقفال", "en": "closing", "fr": "clôture"}},
    "asked": {"type": "date?", "label": {"ar": "الطلب", "en": "request", "fr": "demande"}},
    "answered": {"type": "date", "label": {"ar": "الجواب", "en": "answer", "fr": "réponse"}},
    "invited": {"type": "date", "label": {"ar": "الدعوة", "en": "invitation", "fr": "invitation"}},
    "meeting": {"type": "date?", "label": {"ar": "الاجتماع", "en": "meeting", "fr": "réunion"}},
    "sorry": {"type": "date?", "label": {"ar": "الاعتذار", "en": "apology", "fr": "excuses"}},
    "extended": "boolean?", "extension reason": {"type": "string?", "label": {"ar": "تعليل التمديد", "en": "reason of the extension", "fr": "motif de la prolongation"}},
    "extension told": {"type": "date?", "label": {"ar": "تبليغ التمديد", "en": "notice of the extension", "fr": "annonce de la prolongation"}},
    "urgent": "boolean?", "urgency reason": {"type": "string?", "label": {"ar": "تعليل العجلة", "en": "reason of the urgency", "fr": "motif de l'urgence"}},
    "public": {"type": "boolean", "label": {"ar": "العلنية", "en": "public", "fr": "publicité"}},
    "minutes": {"type": "date", "label": {"ar": "المحضر", "en": "minutes", "fr": "procès-verbal"}},
    "members": {"type": [{"name": "string", "side": "string"}], "label": {"ar": "الأعضاء", "en": "members", "fr": "membres"}},
    "score": "number?", "meetings": {"type": "list<date>", "label": {"ar": "الاجتماعات", "en": "meetings", "fr": "réunions"}},
    "steps": {"type": [{"step": "string", "level": "string"}], "label": {"ar": "الخطوات", "en": "steps", "fr": "étapes"}}
  }}},
  "norms": [
    {"id": "dated", "citation": "art. 1", "label": {"ar": "المؤرّخة", "en": "The dated one", "fr": "La datée"}, "modality": "obligation", "bearer": "ministry",
     "counterparty": "platform", "about": "dialogue", "in force": {"from": "2019-01-01", "to": "2024-01-01"}, "require": "public"},
    {"id": "public", "citation": "art. 2", "label": {"ar": "العلنية", "en": "Publicity", "fr": "La publicité"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "applies": "urgent != true", "require": "public and count(members[side = \"gov\"]) >= 2"},
    {"id": "by then", "citation": "art. 3", "label": {"ar": "الافتتاح", "en": "Public by the closing", "fr": "Publique avant la clôture"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "require": {"that": "public", "by": "closed"}},
    {"id": "no answer", "citation": "art. 4", "label": "Doubtful", "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "require": "score > 3"},
    {"id": "answer", "citation": "art. 5", "label": {"ar": "الجواب في حينه", "en": "An answer in time", "fr": "Réponse à temps"}, "modality": "obligation", "bearer": "ministry", "counterparty": "platform",
     "about": "dialogue", "deadline": {"after": "asked", "within": "15 days", "done": "answered",
       "extension": {"by": "15 days", "when": "extended = true", "reason": "extension reason", "told": "extension told"}}, "reparation": "apology"},
    {"id": "apology", "citation": "art. 5.2", "label": {"ar": "الاعتذار", "en": "An apology", "fr": "Des excuses"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "deadline": {"after": {"breach of": "answer"}, "within": "1 month", "done": "sorry"}},
    {"id": "refusal", "citation": "art. 6", "label": "Silence refuses", "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "deadline": {"after": "asked", "within": "10 working days", "done": "answered", "silence": "refusal"}},
    {"id": "acceptance", "citation": "art. 7", "label": "Silence accepts", "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "deadline": {"after": "asked", "within": "2 weeks", "done": "answered", "silence": "acceptance"}},
    {"id": "lapse", "citation": "art. 8", "label": "Silence ends it", "modality": "permission", "bearer": "platform",
     "about": "dialogue", "deadline": {"after": "asked", "within": "1 day", "done": "answered", "silence": "lapse"}},
    {"id": "notice", "citation": "art. 9", "label": {"ar": "الدعوة في حينها", "en": "Timely invitations", "fr": "Invitations à temps"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "notice": {"before": "meeting", "at least": "10 days", "done": "invited"},
     "unless": {"when": "urgent = true", "reason": "urgency reason"}},
    {"id": "notice too", "citation": "art. 10", "label": {"ar": "الدعوة", "en": "Invitations", "fr": "Invitations"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "notice": {"before": "meeting", "at least": "10 days", "done": "invited"}},
    {"id": "public ones", "citation": "art. 10.2", "label": {"ar": "العلنية تكفي", "en": "Public meetings may be sudden", "fr": "Les réunions publiques peuvent être soudaines"}, "modality": "permission", "bearer": "ministry",
     "about": "dialogue", "exception of": "notice too", "require": "public"},
    {"id": "duration", "citation": "art. 11", "label": {"ar": "المدة", "en": "Long enough", "fr": "Assez long"}, "modality": "obligation", "bearer": "platform",
     "about": "dialogue", "duration": {"from": "opened", "to": "closed", "at least": "6 weeks"}},
    {"id": "gap", "citation": "art. 12", "label": {"ar": "الاجتماعات", "en": "Regular meetings", "fr": "Réunions régulières"}, "modality": "obligation", "bearer": "platform",
     "about": "dialogue", "recurrence": {"of": "meetings", "from": "opened", "to": "closed", "gap": "2 months"}},
    {"id": "yearly", "citation": "art. 13", "label": {"ar": "كل سنة", "en": "Every year", "fr": "Chaque année"}, "modality": "obligation", "bearer": "platform",
     "about": "dialogue", "recurrence": {"of": "meetings", "from": "opened", "at least": 2, "per": "calendar year"}},
    {"id": "steps", "citation": "art. 14", "label": {"ar": "الخطوات", "en": "Every step", "fr": "Chaque étape"}, "modality": "obligation", "bearer": "platform",
     "about": "dialogue", "coverage": {"of": "steps",
       "rows": {"by": "step", "values": [{"value": "plan", "label": {"ar": "التخطيط", "en": "planning", "fr": "planification"}}, {"value": "do", "label": {"ar": "التنفيذ", "en": "doing", "fr": "exécution"}}]},
       "columns": {"by": "level", "values": [{"value": "inform", "label": {"ar": "الإعلام", "en": "informing", "fr": "information"}}, {"value": "decide", "label": {"ar": "القرار", "en": "deciding", "fr": "décision"}}]},
       "required": [["plan", "inform"], ["do", "decide"]], "by": "closed"}},
    {"id": "proved", "citation": "art. 15", "label": {"ar": "المثبتة", "en": "With minutes", "fr": "Avec procès-verbal"}, "modality": "obligation", "bearer": "ministry",
     "about": "dialogue", "require": "public", "evidence": ["minutes"]}
  ]
})json";
}

}  // namespace partnership::charter::test
