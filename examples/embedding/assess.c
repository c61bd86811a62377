/* SPDX-License-Identifier: Apache-2.0
 * One case, one law, one finding: in C.   cc assess.c $(pkg-config --cflags --libs partnership) */
#include <partnership/partnership.h>
#include <stdio.h>
#include <string.h>

static const char request[] =
    "{\"registered on\": \"2018-01-25\", \"answered on\": null, \"extended\": false}";

int main(void) {
  pship_text *law = NULL, *why = NULL;
  pship_charter* charter = NULL;
  pship_feel* facts = NULL;
  pship_feel_case* one = NULL;
  pship_options* options = NULL;
  pship_error* err = NULL;
  pship_date on;
  int failed =
      pship_packs_text(NULL, "charters/lebanon-28-2017.json", &law, &err) ||
      pship_charter_load(pship_text_data(law), pship_text_size(law), NULL, 0, &charter, &err) ||
      pship_charter_facts(charter, "request", &facts, &err) ||
      pship_feel_case_read(facts, request, strlen(request), &one, &err) ||
      pship_date_parse("2018-02-10", 10, &on, &err) || pship_options_new(&options, &err) ||
      pship_options_set_date(options, "on", on, &err) ||
      pship_charter_explain_text(charter, "request", one, "answer", PSHIP_LANG_AR, options, &why,
                                 &err);
  fputs(failed ? pship_error_message(err) : pship_text_data(why), stdout);
  pship_text_free(law), pship_text_free(why), pship_charter_free(charter), pship_feel_free(facts);
  pship_feel_case_free(one), pship_options_free(options), pship_error_free(err);
  return failed;
}
