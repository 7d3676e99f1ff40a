using System.Text;

namespace Toil.Values;

/// <summary>Writes PowerShell objects one after the other. Iterative: values may be nested deeper than any call stack.</summary>
internal sealed class PSValueWriter(string root)
{
    private readonly ValueWriter _writer = new();
    private readonly Stack<OpenContainer> _open = new();
    private readonly HashSet<object> _active = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many bytes were written, roughly.</summary>
    public long Size { get; private set; }

    public UnboundValue ToValue() => _writer.ToValue();

    /// <param name="value">The next value.</param>
    /// <param name="index">Its place when the values are the elements of one list.</param>
    public void Write(object? value, int? index = null)
    {
        WriteNode(value, index);
        while (_open.TryPeek(out var container))
        {
            if (!container.MoveNext())
            {
                _open.Pop();
                _active.Remove(container.Source);
                continue;
            }

            if (container.Key is { } key)
            {
                _writer.WriteKey(key);
                Size += key.Length;
            }

            WriteNode(container.Value, index);
        }
    }

    private void WriteNode(object? wrapped, int? index)
    {
        var value = PSValues.Unwrap(wrapped);
        if (!TryWriteScalar(value) && !TryOpen(value!, index))
        {
            WriteOther(wrapped!, value!, index);
        }

        if (Size > PSValues.MaxBytes)
        {
            throw new ToilException($"{root} is larger than {new ByteSize(PSValues.MaxBytes)}. Write it to a file with Write-ToilFile and return the file instead.");
        }
    }

    private bool TryWriteScalar(object? value)
    {
        Size += 2;
        switch (value)
        {
            case null: _writer.WriteNull(); return true;
            case bool flag: _writer.WriteBool(flag); return true;
            case int number: _writer.WriteInt(number); return true;
            case long number: _writer.WriteInt(number); return true;
            case Enum: return false;
            case byte or sbyte or short or ushort or uint: _writer.WriteInt(System.Convert.ToInt64(value, null)); return true;
            case double number: _writer.WriteReal(number); return true;
            case string text: WriteText(text); return true;
            case byte[] bytes:
                Size += bytes.Length;
                _writer.WriteBytes(bytes);
                return true;
            default: return TryWriteEngineObject(value);
        }
    }

    private bool TryWriteEngineObject(object value)
    {
        switch (value)
        {
            case FileId file: _writer.WriteFile(file); return true;
            case ByteSize size: _writer.WriteSize(size); return true;
            case Job job: _writer.WritePromise(job.Rv()); return true;
            case Promise promise: _writer.WritePromise(promise); return true;
            case Leaf leaf: WriteLeaf(leaf); return true;
            default: return false;
        }
    }

    private void WriteText(string text)
    {
        Size += text.Length;
        if (HasLoneSurrogate(text))
        {
            // UTF-8 can't express half a surrogate pair; CLIXML escapes it.
            WriteLeaf(CliXmlLeaf.Write(text, root));
            return;
        }

        _writer.WriteString(text);
    }

    private bool TryOpen(object value, int? index)
    {
        if (OpenContainer.TryOpen(value, _writer) is not { } container)
        {
            return false;
        }

        if (!_active.Add(container.Source))
        {
            throw new ToilException($"{PathTo(index)} contains itself. Return data without cycles.");
        }

        _open.Push(container);
        return true;
    }

    private void WriteOther(object wrapped, object value, int? index)
    {
        var leaf = DotNetLeaf.TryWrite(value);
        if (leaf is null)
        {
            var path = PathTo(index);
            Unkeepable.ThrowIfHandle(value, path);
            leaf = CliXmlLeaf.Write(wrapped, path);
        }

        WriteLeaf(leaf);
    }

    private void WriteLeaf(Leaf leaf)
    {
        Size += leaf.Bytes.Length;
        _writer.WriteLeaf(leaf);
    }

    private string PathTo(int? index)
    {
        var path = new StringBuilder(root);
        if (index is not null)
        {
            path.Append(System.Globalization.CultureInfo.InvariantCulture, $"[{index}]");
        }

        return string.Concat(_open.Reverse().Select(container => container.Step).Prepend(path.ToString()));
    }

    private static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return true;
            }

            rest = rest[(at + 2)..];
        }

        return false;
    }
}
