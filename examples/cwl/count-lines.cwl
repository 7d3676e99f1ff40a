cwlVersion: v1.2
class: CommandLineTool
doc: Counts the lines of a text.
baseCommand: [wc, -l]
stdin: $(inputs.text.path)
stdout: lines
inputs:
  text: File
outputs:
  lines:
    type: int
    outputBinding:
      glob: lines
      loadContents: true
      outputEval: $(parseInt(self[0].contents))
requirements:
  InlineJavascriptRequirement: {}
