using System.Text;
using Toil.Cwl.Files;
using Xunit;

namespace Toil.Cwl.Tests.Files;

public class FormatOntologyTests
{
    [Fact]
    public void IsKindOf_ClassesOfRdfAndTurtle_AreFollowedBothWaysWhereEquivalent()
    {
        var ontology = new FormatOntology();
        ontology.Add("""
            <?xml version="1.0"?>
            <!DOCTYPE rdf:RDF [ <!ENTITY f "http://formats/"> ]>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:owl="http://www.w3.org/2002/07/owl#">
              <owl:Class rdf:about="http://formats/bam"><rdfs:subClassOf rdf:resource="&f;binary"/><rdfs:label>BAM</rdfs:label></owl:Class>
              <owl:Class rdf:about="http://formats/binary">
                <rdfs:subClassOf><owl:Restriction><owl:someValuesFrom rdf:resource="http://formats/other"/></owl:Restriction></rdfs:subClassOf>
                <rdfs:subClassOf rdf:resource="http://formats/any"/>
              </owl:Class>
            </rdf:RDF>
            """u8);
        ontology.Add("""
            @prefix f: <http://formats/> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            f:mine a owl:Class ; rdfs:comment "not . ; this" ; owl:equivalentClass f:bam . # f:any owl:equivalentClass f:bam .
            f:sub rdfs:subClassOf f:x , f:mine .
            """u8);

        Assert.True(ontology.IsKindOf("http://formats/bam", "http://formats/any"));
        Assert.True(ontology.IsKindOf("http://formats/sub", "http://formats/any"));
        Assert.True(ontology.IsKindOf("http://formats/bam", "http://formats/mine"));
        Assert.False(ontology.IsKindOf("http://formats/any", "http://formats/bam"));
        Assert.False(ontology.IsKindOf("http://formats/bam", "http://formats/other"));
        Assert.True(ontology.IsKindOf("http://formats/unheard-of", "http://formats/unheard-of"));
    }

    [Fact]
    public void Add_EntitiesThatMultiply_AreAnError()
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (var i = 1; i < 12; i++)
        {
            text.Append($"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat($"&a{i - 1};", 10))}\">");
        }

        text.Append("]><x>&a11;</x>");
        Assert.Throws<FormatException>(() => new FormatOntology().Add(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
