"""The rule book of the workspaces: stop rules, prequalification, a status on hold, answers that expire."""

LABEL = "In Klärung"  # what the job "after one rule change" changes

RULE_BOOK = f"""\
version: 1
name: Neukunden
language: de
currency: EUR
statuses:
  new:
    label: Ungeklärt
    meaning: "Noch offen, ob sich Aufmerksamkeit lohnt"
    kind: active
    asks: "Lohnt sich Aufmerksamkeit?"
    decide_within: 14d
  clarifying:
    label: {LABEL}
    meaning: "Passt; offen ist, ob es etwas zu entscheiden gibt"
    kind: active
    asks: "Gibt es etwas zu entscheiden?"
    decide_within: 30d
    limit: 50000   # is counted like any other, and never exceeded
    requires: [fit, {{not: conflict}}]
  ready:
    label: Entscheidungsreif
    meaning: "Alle wissen, worüber zu entscheiden ist"
    kind: active
    asks: "Zusage oder Absage?"
    decide_within: 21d
    requires: [fit, pain, buyer]
  parked:  {{label: Zurückgestellt, meaning: "Bewusst vertagt bis zu einem Datum", kind: hold}}
  agreed:  {{label: Zusage, meaning: "Der Kontakt hat zugesagt", kind: won}}
  stopped: {{label: Beendet, meaning: "Bewusst beendet", kind: ended}}
criteria:
  fit:      {{label: Passt zum Zielprofil, question: "10 bis 200 Mitarbeitende, B2B, DACH?", weight: 2}}
  pain:     {{label: Problem benannt, question: "Hat der Kontakt das Problem selbst benannt?",
             attested_by: counterparty, weight: 3}}
  buyer:    {{label: Entscheider bekannt, question: "Wer unterschreibt?", weight: 3, valid_for: 180d}}
  budget:   {{label: Budget bestätigt, question: "Ist das Budget bestätigt?", weight: 2, valid_for: 90d}}
  deadline: {{label: Termin genannt, question: "Bis wann entscheidet der Kontakt?", weight: 2, valid_for: 45d}}
  conflict: {{label: Ausschlussgrund, question: "Gibt es einen Ausschlussgrund?", knockout: true}}
prequalification: {{good: [fit, pain], bad: [conflict]}}
reasons:
  stopped:
    no_fit: Passt nicht
    no_need: Kein Bedarf
    no_decision: Kontakt entscheidet nicht
    competitor: Anderer Anbieter
    our_no: Bewusste Absage von uns
  parked:
    timing: Falscher Zeitpunkt
    waiting: Wartet auf ein bekanntes Ereignis
transitions:
  capture: {{to: new}}
  qualify: {{from: new, to: clarifying, requires: [fit, {{not_met: conflict}}]}}
  mature:  {{from: clarifying, to: ready, requires: [pain, buyer, {{any: [budget, deadline]}}, {{score: 9}}]}}
  agree:   {{from: ready, to: agreed, requires: [budget, deadline]}}
  recycle: {{from: ready, to: clarifying, requires: [{{lost: [pain, buyer, budget, deadline]}}]}}
  park:    {{from: [clarifying, ready], to: parked, requires: [{{has: revisit}}]}}
  resume:  {{from: parked, to: clarifying, requires: [{{clarified: 1}}]}}
  stop:    {{from: "*", to: stopped}}
  reopen:  {{from: stopped, to: clarifying, requires: [{{clarified: 1}}], four_eyes: true}}
stop_rules:
  no_buyer:
    in: clarifying
    when: [{{not: buyer}}]
    after: 30d
    propose: stop
    reason: no_decision
    because: "Ohne Entscheider entscheidet niemand"
  no_deadline:
    in: ready
    when: [{{not: deadline}}]
    after: 21d
    propose: stop
    reason: no_decision
    because: "Ohne Termin kein Entschluss"
retention: {{ended: 24m}}
"""
