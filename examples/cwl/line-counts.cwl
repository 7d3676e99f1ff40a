cwlVersion: v1.2
class: Workflow
doc: >
  Counts the lines of many texts, each in a job of its own, and adds them up. With "longest", it also says which text is
  the longest: a step that only runs when it is wanted.
requirements:
  ScatterFeatureRequirement: {}
  InlineJavascriptRequirement: {}
inputs:
  texts: File[]
  longest: { type: boolean, default: false }
outputs:
  total: { type: int, outputSource: add/total }
  winner: { type: string?, outputSource: compare/name }
steps:
  count:
    run: count-lines.cwl
    scatter: text
    in: { text: texts }
    out: [lines]
  add:
    run:
      class: ExpressionTool
      inputs: { counts: "int[]" }
      outputs: { total: int }
      expression: '$({total: inputs.counts.reduce((sum, count) => sum + count, 0)})'
    in: { counts: count/lines }
    out: [total]
  compare:
    when: $(inputs.longest)
    run:
      class: ExpressionTool
      inputs: { texts: "File[]", counts: "int[]", longest: boolean }
      outputs: { name: string }
      expression: '$({name: inputs.texts[inputs.counts.indexOf(Math.max(...inputs.counts))].basename})'
    in: { texts: texts, counts: count/lines, longest: longest }
    out: [name]
