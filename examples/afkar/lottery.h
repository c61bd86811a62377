/* SPDX-License-Identifier: Apache-2.0
 *
 * An example of ours: a coordination committee composed by a fair lottery from nominees who do not
 * exist, and drawn by a public seed.
 */
#ifndef AFKAR_LOTTERY_H
#define AFKAR_LOTTERY_H

#include "partnership/partnership.h"

/* Composes the committee from the nominees of a CSV, has the certificate and the draw verified, and
 * prints what run.py prints of them. 1 when all of it holds. */
int run_lottery(const pship_criteria* criteria, const char* nominees, size_t size);

#endif
