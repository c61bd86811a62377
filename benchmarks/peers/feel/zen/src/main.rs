// SPDX-License-Identifier: Apache-2.0
// The eight benchmark rules in zen-expression, compiled once, over prepared cases (dates as days) and
// from the JSON bytes of a case. Prints a line a figure: peer, measure, microseconds a case.
use std::time::Instant;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{compile_expression, Expression};

const RULES: [&str; 8] = [
    "meetingDate - invitationDate >= 10",
    "count(participants, #.attended and #.side == 'gov') * 10 >= 4 * count(participants, #.attended) and count(participants, #.attended and #.side == 'civil') * 10 >= 4 * count(participants, #.attended)",
    "minutesPublished and minutesDate - meetingDate <= 15",
    "responseReasoned and responseDate - recommendationsDate <= 30",
    "exclusionComplaints == 0 and all(participants, #.excluded == false)",
    "agendaPublished and agendaDate < meetingDate",
    "chairSide != previousChairSide",
    "all(affectedSectors, # in map(filter(participants, #.attended), #.sector))",
];
const NAMES: [&str; 8] = [
    "notice", "both sides", "minutes", "response", "no exclusion", "agenda", "chair alternates", "sectors",
];

// Days since 1970-01-01 of YYYY-MM-DD (the civil-from-days algorithm in reverse).
fn days(text: &str) -> i64 {
    let part = |from: usize, to: usize| text[from..to].parse::<i64>().unwrap();
    let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468
}

fn prepare(text: &str, dates: &[String]) -> Variable {
    let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
    for field in dates {
        if let Some(found) = value[field].as_str() {
            value[field] = days(found).into();
        }
    }
    value.into()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(|a, b| a.total_cmp(b));
    values[values.len() / 2]
}

fn measure<T>(what: &str, inputs: &[T], expected: &[Vec<bool>], mut decide: impl FnMut(&T, &mut [bool; 8])) {
    let mut got = [false; 8];
    for (input, outcome) in inputs.iter().zip(expected) {
        decide(input, &mut got);
        if got[..] != outcome[..] {
            println!("zen-expression (Rust)\t{what}\twrong: {got:?} for {outcome:?}");
            return;
        }
    }
    let mut runs = Vec::new();
    let mut rounds = 1;
    for run in 0..6 {
        let start = Instant::now();
        for _ in 0..rounds {
            for input in inputs {
                decide(input, &mut got);
            }
        }
        let micros = start.elapsed().as_secs_f64() * 1e6;
        if run == 0 {
            rounds = ((500_000.0 / micros) as usize).clamp(1, 200);
        } else {
            runs.push(micros / (rounds * inputs.len()) as f64);
        }
    }
    println!("zen-expression (Rust)\t{what}\t{:.3}", median(runs));
}

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of eight-rules.json and charter-cases.jsonl");
    let document: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{folder}/eight-rules.json")).unwrap()).unwrap();
    let dates: Vec<String> = document["facts"].as_object().unwrap().iter()
        .filter(|(_, kind)| kind.as_str() == Some("date")).map(|(name, _)| name.clone()).collect();
    let (mut texts, mut expected) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(format!("{folder}/charter-cases.jsonl")).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        texts.push(record["case"].to_string());
        let expect = &record["expect"];
        expected.push((0..8).map(|i| match expect {
            serde_json::Value::Array(list) => list[i].as_bool().unwrap(),
            other => other[NAMES[i]].as_bool().unwrap(),
        }).collect::<Vec<bool>>());
    }
    let rules: Vec<Expression<_>> = RULES.iter().map(|rule| compile_expression(rule).unwrap()).collect();
    let mut vm = VM::new();
    let mut decide = |value: &Variable, got: &mut [bool; 8]| {
        for (rule, slot) in rules.iter().zip(got.iter_mut()) {
            *slot = rule.evaluate_with(value.clone(), &mut vm).unwrap().as_bool().unwrap_or(false);
        }
    };
    let prepared: Vec<Variable> = texts.iter().map(|text| prepare(text, &dates)).collect();
    measure("prepared", &prepared, &expected, &mut decide);
    measure("json", &texts, &expected, |text, got| decide(&prepare(text, &dates), got));
}
