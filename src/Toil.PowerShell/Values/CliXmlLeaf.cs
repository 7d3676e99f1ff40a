using System.Management.Automation;
using System.Text;

namespace Toil.Values;

/// <summary>Leaves for objects that only PowerShell can show again, as property bags.</summary>
internal static class CliXmlLeaf
{
    /// <param name="value">The object with its wrapper, which holds the properties that scripts added.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="ToilException">A part of it can't be kept, or would be cut off.</exception>
    public static Leaf Write(object value, string path)
    {
        new CliXmlScan().Check(value, path);
        return new Leaf(Leaf.CliXml, Encoding.UTF8.GetBytes(PSSerializer.Serialize(value, CliXmlScan.Depth)));
    }

    public static object? Read(Leaf leaf) => PSValues.Unwrap(PSSerializer.Deserialize(Encoding.UTF8.GetString(leaf.Bytes)));
}
