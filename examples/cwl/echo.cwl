cwlVersion: v1.2
class: CommandLineTool
doc: Writes a message into a file.
baseCommand: echo
stdout: said.txt
inputs:
  message:
    type: string
    doc: What to say.
    inputBinding: { position: 1 }
outputs:
  said: stdout
