cwlVersion: v1.2
class: ExpressionTool
requirements: {InlineJavascriptRequirement: {}}
inputs: {a: int, b: int}
outputs: {sum: int}
expression: "${ return {sum: inputs.a + inputs.b}; }"
