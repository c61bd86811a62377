// SPDX-License-Identifier: Apache-2.0
// The eight benchmark rules in the expression languages of peers that run under Node.js. For each
// peer: the outcomes of all cases are compared with the expected ones first, then the time of all
// eight rules over one case is measured: over a prepared case (parsed, dates made into what the
// peer compares fastest, rules compiled) and from the JSON bytes of the case. Prints a line a
// figure: peer, measure, microseconds a case (median of five runs).
//
//   node peers.mjs FOLDER      FOLDER holds eight-rules.json and charter-cases.jsonl
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {LogicEngine} from 'json-logic-engine';
import {evaluateExpressionSync, ZenEngine} from '@gorules/zen-engine';
import {evaluate as feelinEvaluate} from 'feelin';

const folder = process.argv[2];
const document = JSON.parse(readFileSync(join(folder, 'eight-rules.json'), 'utf8'));
const names = Object.keys(document.rules);
const lines = readFileSync(join(folder, 'charter-cases.jsonl'), 'utf8').trim().split('\n');
const expected = [], texts = [];
for (const line of lines) {
  const record = JSON.parse(line);
  const outcomes = record.expect ?? record.expected ?? record.outcomes;
  expected.push(Array.isArray(outcomes) ? outcomes : names.map((name) => outcomes[name]));
  texts.push(JSON.stringify(record.case));
}
const dateFields = Object.entries(document.facts).filter(([, type]) => type === 'date').map(([name]) => name);
const days = (text) => (text == null ? null : Date.parse(text + 'T00:00:00Z') / 86400000);

function withDays(text) {
  const value = JSON.parse(text);
  for (const field of dateFields) value[field] = days(value[field]);
  return value;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function measure(peer, what, inputs, decide) {
  for (let i = 0; i < inputs.length; i++) {
    const got = decide(inputs[i]);
    for (let j = 0; j < names.length; j++) {
      if ((got[j] === true) !== expected[i][j]) {
        console.log(`${peer}\t${what}\twrong: case ${i}, rule ${names[j]}, got ${got[j]}`);
        return;
      }
    }
  }
  const runs = [];
  let rounds = 1;
  for (let run = -1; run < 5; run++) {  // the first one finds the number of rounds
    const start = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) for (const input of inputs) decide(input);
    const micros = Number(process.hrtime.bigint() - start) / 1000;
    if (run === -1) rounds = Math.max(1, Math.min(200, Math.round(rounds * 500000 / micros)));
    else runs.push(micros / (rounds * inputs.length));
  }
  console.log(`${peer}\t${what}\t${median(runs).toFixed(3)}`);
}

// json-logic-engine
{
  const v = (path) => ({var: path});
  const attended = v('attended'), all = v('participants');
  const side = (name) => ({'===': [v('side'), name]});
  const count = (condition) => ({length: {filter: [all, condition]}});
  const within = (later, earlier, n) => ({'<=': [{'-': [v(later), v(earlier)]}, n]});
  const rules = [
    {'>=': [{'-': [v('meetingDate'), v('invitationDate')]}, 10]},
    {and: ['gov', 'civil'].map((name) => ({'>=': [
      {'*': [10, count({and: [attended, side(name)]})]}, {'*': [4, count(attended)]}]}))},
    {and: [v('minutesPublished'), within('minutesDate', 'meetingDate', 15)]},
    {and: [v('responseReasoned'), within('responseDate', 'recommendationsDate', 30)]},
    {and: [{'===': [v('exclusionComplaints'), 0]}, {all: [all, {'===': [v('excluded'), false]}]}]},
    {and: [v('agendaPublished'), {'<': [v('agendaDate'), v('meetingDate')]}]},
    {'!==': [v('chairSide'), v('previousChairSide')]},
    {all: [v('affectedSectors'), {some: [v('../../participants'),
      {and: [{'===': [v('sector'), v('../../')]}, attended]}]}]},
  ];
  const engine = new LogicEngine();
  const compiled = rules.map((rule) => engine.build(rule));
  const decide = (value) => compiled.map((rule) => rule(value));
  measure('json-logic-engine', 'prepared', texts.map(withDays), decide);
  measure('json-logic-engine', 'json', texts, (text) => decide(withDays(text)));
}

// zen-engine: through its Node.js binding, whose calls carry the case across each time.
{
  const rules = [
    'meetingDate - invitationDate >= 10',
    'count(participants, #.attended and #.side == "gov") * 10 >= 4 * count(participants, #.attended) and ' +
      'count(participants, #.attended and #.side == "civil") * 10 >= 4 * count(participants, #.attended)',
    'minutesPublished and minutesDate - meetingDate <= 15',
    'responseReasoned and responseDate - recommendationsDate <= 30',
    'exclusionComplaints == 0 and all(participants, #.excluded == false)',
    'agendaPublished and agendaDate < meetingDate',
    'chairSide != previousChairSide',
    'all(affectedSectors, # in map(filter(participants, #.attended), #.sector))',
  ];
  const whole = '[' + rules.map((rule) => `(${rule})`).join(', ') + ']';
  const decide = (value) => evaluateExpressionSync(whole, value);
  measure('zen-engine (npm)', 'prepared', texts.map(withDays), decide);
  measure('zen-engine (npm)', 'json', texts, (text) => decide(withDays(text)));
}

// feelin: the rules as they are, in FEEL.
{
  const rules = names.map((name) => document.rules[name]);
  const prepare = (text) => {
    const value = JSON.parse(text);
    return value;
  };
  const dated = rules.map((rule) => rule.replace(/\b(\w+Date)\b/g, "date($1)").replace(/\battended\b/g, "attended = true"));
  const decide = (value) => dated.map((rule) => {
    const answer = feelinEvaluate(rule, value);
    return answer?.value !== undefined ? answer.value : answer;
  });
  measure('feelin', 'prepared', texts.slice(0, 20).map(prepare), decide);
}
