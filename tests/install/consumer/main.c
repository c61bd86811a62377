/* SPDX-License-Identifier: Apache-2.0
 *
 * A user's C99 program: the version, one answer, one error. It prints "2018-08-27" and exits with 0
 * when the installed library works.
 */
#include <partnership/partnership.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  pship_date date = 0;
  pship_text* text = NULL;
  pship_error* error = NULL;

  if (strcmp(pship_version(), PSHIP_VERSION) != 0 || pship_abi() != PSHIP_ABI) return 1;
  if (pship_date_from_ymd(2018, 8, 27, &date, &error) != PSHIP_OK) return 2;
  if (pship_date_iso(date, &text, &error) != PSHIP_OK) return 3;
  puts(pship_text_data(text));
  pship_text_free(text);

  if (pship_date_from_ymd(2018, 2, 30, &date, &error) == PSHIP_OK) return 4;
  if (error == NULL || pship_error_problems(error) < 1) return 5;
  pship_error_free(error);
  return 0;
}
