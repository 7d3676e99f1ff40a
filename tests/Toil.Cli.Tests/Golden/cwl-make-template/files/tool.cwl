cwlVersion: v1.2
class: CommandLineTool
baseCommand: echo
inputs:
  message: {type: string, label: What to say, inputBinding: {position: 1}}
  times: {type: int?, inputBinding: {prefix: -n}}
outputs: []
