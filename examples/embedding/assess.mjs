// SPDX-License-Identifier: Apache-2.0
// One case, one law, one finding: in Node.js, by koffi.   node assess.mjs LIBPARTNERSHIP.so
import koffi from 'koffi';

const library = koffi.load(process.argv[2]);
const declare = (result, name, ...types) => library.func(name, result, types);
const error = '_Out_ void **', text = 'const char *';
const data = declare(text, 'pship_text_data', 'void *');
const size = declare('size_t', 'pship_text_size', 'void *');
const message = declare(text, 'pship_error_message', 'void *');

// Calls a function that makes a handle; throws what it says when it fails.
function make(name, types, ...values) {
  const made = [null], failed = [null];
  const call = declare('int32_t', name, ...types, '_Out_ void **', error);
  if (call(...values, made, failed) !== 0) throw new Error(message(failed[0]));
  return made[0];
}

const facts = '{"registered on": "2018-01-25", "answered on": null, "extended": false}';
const law = make('pship_packs_text', [text, text], null, 'charters/lebanon-28-2017.json');
const charter = make('pship_charter_load', [text, 'size_t', 'void *', 'size_t'], data(law), size(law), null, 0);
const kind = make('pship_charter_facts', ['void *', text], charter, 'request');
const request = make('pship_feel_case_read', ['void *', text, 'size_t'], kind, facts, Buffer.byteLength(facts));
const options = make('pship_options_new', []);
const on = Date.UTC(2018, 1, 10) / 86400000;  // days since 1970-01-01
declare('int32_t', 'pship_options_set_date', 'void *', text, 'int32_t', error)(options, 'on', on, [null]);
const why = make('pship_charter_explain_text', ['void *', text, 'void *', text, 'int32_t', 'void *'],
                 charter, 'request', request, 'answer', 0, options);
process.stdout.write(data(why));
for (const [type, handle] of Object.entries({text: why, options, feel_case: request, feel: kind, charter})) {
  declare('void', `pship_${type}_free`, 'void *')(handle);
}
