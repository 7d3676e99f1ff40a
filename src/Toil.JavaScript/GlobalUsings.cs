global using Toil.JavaScript.BuiltIns;
global using Toil.JavaScript.Interpretation;
global using Toil.JavaScript.Parsing;
global using Toil.JavaScript.Values;
