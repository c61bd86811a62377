// SPDX-License-Identifier: Apache-2.0

// The eight benchmark rules in CEL (cel-go), compiled once with the optimiser, over prepared cases
// (dates as days) and from the JSON bytes of a case. Prints a line a figure: peer, measure,
// microseconds a case.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"time"

	"github.com/google/cel-go/cel"
)

var names = []string{"notice", "both sides", "minutes", "response", "no exclusion", "agenda", "chair alternates", "sectors"}

var rules = []string{
	`meetingDate - invitationDate >= 10`,
	`participants.filter(p, p.attended && p.side == "gov").size() * 10 >= 4 * participants.filter(p, p.attended).size() && participants.filter(p, p.attended && p.side == "civil").size() * 10 >= 4 * participants.filter(p, p.attended).size()`,
	`minutesPublished && minutesDate - meetingDate <= 15`,
	`responseReasoned && responseDate - recommendationsDate <= 30`,
	`exclusionComplaints == 0 && participants.all(p, p.excluded == false)`,
	`agendaPublished && agendaDate < meetingDate`,
	`chairSide != previousChairSide`,
	`affectedSectors.all(s, participants.exists(p, p.sector == s && p.attended))`,
}

func prepare(text []byte, facts map[string]any) map[string]any {
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		panic(err)
	}
	for name, kind := range facts {
		if kind == "date" {
			if day, ok := value[name].(string); ok {
				at, err := time.Parse("2006-01-02", day)
				if err != nil {
					panic(err)
				}
				value[name] = at.Unix() / 86400
			} else {
				value[name] = nil
			}
		} else if number, ok := value[name].(float64); ok && name == "exclusionComplaints" {
			value[name] = int64(number)
		}
	}
	return value
}

func measure(what string, count int, expected [][]bool, decide func(int) [8]bool) {
	for i := 0; i < count; i++ {
		got := decide(i)
		for j := range got {
			if got[j] != expected[i][j] {
				fmt.Printf("cel-go\t%s\twrong: case %d, rule %s\n", what, i, names[j])
				return
			}
		}
	}
	var runs []float64
	rounds := 1
	for run := 0; run < 6; run++ {
		start := time.Now()
		for round := 0; round < rounds; round++ {
			for i := 0; i < count; i++ {
				decide(i)
			}
		}
		micros := float64(time.Since(start).Nanoseconds()) / 1000
		if run == 0 {
			rounds = max(1, min(200, int(500000/micros)))
		} else {
			runs = append(runs, micros/float64(rounds*count))
		}
	}
	sort.Float64s(runs)
	fmt.Printf("cel-go\t%s\t%.3f\n", what, runs[2])
}

func main() {
	folder := os.Args[1]
	text, err := os.ReadFile(filepath.Join(folder, "eight-rules.json"))
	if err != nil {
		panic(err)
	}
	var document struct {
		Facts map[string]any `json:"facts"`
	}
	if err := json.Unmarshal(text, &document); err != nil {
		panic(err)
	}
	options := []cel.EnvOption{}
	for name := range document.Facts {
		options = append(options, cel.Variable(name, cel.DynType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		panic(err)
	}
	var programs []cel.Program
	for _, rule := range rules {
		ast, issues := env.Compile(rule)
		if issues.Err() != nil {
			panic(issues.Err())
		}
		program, err := env.Program(ast, cel.EvalOptions(cel.OptOptimize))
		if err != nil {
			panic(err)
		}
		programs = append(programs, program)
	}
	lines, err := os.ReadFile(filepath.Join(folder, "charter-cases.jsonl"))
	if err != nil {
		panic(err)
	}
	var cases [][]byte
	var expected [][]bool
	for _, line := range bytes.Split(bytes.TrimSpace(lines), []byte("\n")) {
		var record struct {
			Case   json.RawMessage `json:"case"`
			Expect []bool          `json:"expect"`
		}
		if err := json.Unmarshal(line, &record); err != nil {
			panic(err)
		}
		cases = append(cases, record.Case)
		expected = append(expected, record.Expect)
	}
	evaluate := func(value map[string]any) (out [8]bool) {
		for i, program := range programs {
			result, _, err := program.Eval(value)
			out[i] = err == nil && result.Value() == true
		}
		return out
	}
	var prepared []map[string]any
	for _, text := range cases {
		prepared = append(prepared, prepare(text, document.Facts))
	}
	measure("prepared", len(prepared), expected, func(i int) [8]bool { return evaluate(prepared[i]) })
	measure("json", len(cases), expected, func(i int) [8]bool { return evaluate(prepare(cases[i], document.Facts)) })
}
