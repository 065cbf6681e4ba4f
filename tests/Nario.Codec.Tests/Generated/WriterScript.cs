using System.Buffers;
using Nario.Codec.Tests.Trees;

namespace Nario.Codec.Tests.Generated;

/// <summary>The calls that write one archive with a generated writer, in their order.</summary>
public sealed class WriterScript
{
    public const string Path = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-name";

    private const string BaseName = "0123456789abcdfghijklmnpqrsvwxyz-name";

    private static readonly string Hash = new('0', 64);

    private static readonly Node Tree = new DirectoryNode(
        [
            new("a"u8.ToArray(), new FileNode([1, 2])),
            new("b"u8.ToArray(), new LinkNode("c"u8.ToArray())),
            new("d"u8.ToArray(), new FileNode([])),
        ]);

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly List<WriterCall> _calls = [];

    private WriterScript(byte[] expected) => Expected = expected;

    private delegate void NarCall(ref NarWriter<ArrayBufferWriter<byte>> writer);

    private delegate void Version1Call(ref NarioV1Writer<ArrayBufferWriter<byte>> writer);

    private delegate void Version2Call(ref NarioV2Writer<ArrayBufferWriter<byte>> writer);

    public IReadOnlyList<WriterCall> Calls => _calls;

    /// <summary>Gets what the calls write together, made by hand.</summary>
    public byte[] Expected { get; }

    public byte[] Written => _output.WrittenSpan.ToArray();

    /// <summary>Gets where the writer stands.</summary>
    public required Func<long> Offset { get; init; }

    /// <summary>Tells the writer where the info of the current path begins.</summary>
    public required Action<long> MoveInfo { get; init; }

    public static WriterScript Nar()
    {
        NarState state = new();
        WriterScript script = new(Wire.Nar(Tree)) { Offset = () => state.Offset, MoveInfo = static _ => { } };
        script.AddNar(state);
        script.AddNar(state, "None", "None", static (ref writer) => writer.Complete());
        return script;
    }

    public static WriterScript Version1()
    {
        NarioV1State state = new();
        byte[] expected = new Wire().Number(1).NarOf(Tree).Number(0x4558494e).Text(Path).List([Path]).Text(Path).Number(0).Number(0).ToArray();
        WriterScript script = new(expected) { Offset = () => state.Offset, MoveInfo = start => state.InfoStart = start };
        Add("EntriesStart", "EntriesStart", static (ref writer) => writer.WriteEntriesStart());
        Add("Nar", "Nar EntriesEnd", static (ref writer) => writer.WriteNar());
        script.AddWholeNar(state.Nar);
        Add("Path", "Path", static (ref writer) => writer.WritePath(Bytes(Path)));
        Add("ReferencesStart", "ReferencesStart", static (ref writer) => writer.WriteReferencesStart(1));
        Add("ReferencesItem", "ReferencesItem", static (ref writer) => writer.WriteReferencesItem(Bytes(Path)));
        Add("ReferencesEnd", "ReferencesEnd", static (ref writer) => writer.WriteReferencesEnd());
        Add("Deriver", "Deriver", static (ref writer) => writer.WriteDeriver(Bytes(Path)));
        Add("Signature", "Signature", static (ref writer) => writer.WriteSignature(NarioV1.SignatureTag.Absent, []));
        Add("EntriesEnd", "Nar EntriesEnd", static (ref writer) => writer.WriteEntriesEnd());
        Add("None", "None", static (ref writer) => writer.Complete());
        return script;

        void Add(string token, string allowed, Version1Call call) => script._calls.Add(new WriterCall(token, allowed.Split(' '), () =>
        {
            NarioV1Writer<ArrayBufferWriter<byte>> writer = new(script._output, state);
            try
            {
                call(ref writer);
            }
            finally
            {
                writer.Flush();
            }
        }));
    }

    public static WriterScript Version2()
    {
        NarioV2State state = new();
        byte[] nar = Wire.Nar(Tree);
        byte[] expected = new Wire().Raw("NARIO2\0\0"u8).Number(1).Text(BaseName, BaseName, Hash).List([BaseName]).Number(7)
            .Number((ulong)nar.Length).Number(1).List(["key:signature"]).Text("fixed:text").Raw(nar).Number(0).ToArray();
        WriterScript script = new(expected) { Offset = () => state.Offset, MoveInfo = start => state.InfoStart = start };
        Add("EntriesStart", "EntriesStart", static (ref writer) => writer.WriteEntriesStart());
        Add("Path", "Path EntriesEnd", static (ref writer) => writer.WritePath(Bytes(BaseName)));
        Add("Deriver", "Deriver", static (ref writer) => writer.WriteDeriver(Bytes(BaseName)));
        Add("NarHash", "NarHash", static (ref writer) => writer.WriteNarHash(Bytes(Hash)));
        Add("ReferencesStart", "ReferencesStart", static (ref writer) => writer.WriteReferencesStart(1));
        Add("ReferencesItem", "ReferencesItem", static (ref writer) => writer.WriteReferencesItem(Bytes(BaseName)));
        Add("ReferencesEnd", "ReferencesEnd", static (ref writer) => writer.WriteReferencesEnd());
        Add("RegistrationTime", "RegistrationTime", static (ref writer) => writer.WriteRegistrationTime(7));
        Add("NarSize", "NarSize", (ref writer) => writer.WriteNarSize((ulong)nar.Length));
        Add("Ultimate", "Ultimate", static (ref writer) => writer.WriteUltimate(1));
        Add("SignaturesStart", "SignaturesStart", static (ref writer) => writer.WriteSignaturesStart(1));
        Add("SignaturesItem", "SignaturesItem", static (ref writer) => writer.WriteSignaturesItem("key:signature"u8));
        Add("SignaturesEnd", "SignaturesEnd", static (ref writer) => writer.WriteSignaturesEnd());
        Add("Ca", "Ca", static (ref writer) => writer.WriteCa("fixed:text"u8));
        Add("Nar", "Nar", static (ref writer) => writer.WriteNar());
        script.AddWholeNar(state.Nar);
        Add("EntriesEnd", "Path EntriesEnd", static (ref writer) => writer.WriteEntriesEnd());
        Add("None", "None", static (ref writer) => writer.Complete());
        return script;

        void Add(string token, string allowed, Version2Call call) => script._calls.Add(new WriterCall(token, allowed.Split(' '), () =>
        {
            NarioV2Writer<ArrayBufferWriter<byte>> writer = new(script._output, state);
            try
            {
                call(ref writer);
            }
            finally
            {
                writer.Flush();
            }
        }));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    /// <summary>Adds one call that writes all of a NAR inside another archive.</summary>
    private void AddWholeNar(NarState state)
    {
        WriterScript inner = new([]) { Offset = Offset, MoveInfo = MoveInfo };
        inner.AddNar(state);
        _calls.Add(new WriterCall("", [""], () =>
        {
            foreach (WriterCall call in inner._calls)
            {
                call.Write();
            }

            NarWriter<ArrayBufferWriter<byte>> writer = new(inner._output, state);
            writer.Complete();
            writer.Flush();
            _output.Write(inner._output.WrittenSpan);
        }));
    }

    private void AddNar(NarState state)
    {
        const string Node = "DirectoryStart File Symlink";
        const string Next = "Entry DirectoryEnd";
        AddNar(state, "DirectoryStart", Node, static (ref writer) => writer.WriteDirectoryStart());
        AddNar(state, "Entry", Next, static (ref writer) => writer.WriteEntry("a"u8));
        AddNar(state, "File", Node, static (ref writer) => writer.WriteFile(Codec.Nar.FileTagName.Contents, 2));
        AddNar(state, "Contents", "Contents", static (ref writer) => writer.WriteContents([1]));
        AddNar(state, "Contents", "Contents", (ref writer) =>
        {
            writer.PassContents(1);
            _output.Write("\u0002"u8);
        });
        AddNar(state, "Entry", Next, static (ref writer) => writer.WriteEntry("b"u8));
        AddNar(state, "Symlink", Node, static (ref writer) => writer.WriteSymlink("c"u8));
        AddNar(state, "Entry", Next, static (ref writer) => writer.WriteEntry("d"u8));
        AddNar(state, "File", Node, static (ref writer) => writer.WriteFile(Codec.Nar.FileTagName.Contents, 0));
        AddNar(state, "DirectoryEnd", Next, static (ref writer) => writer.WriteDirectoryEnd());
    }

    private void AddNar(NarState state, string token, string allowed, NarCall call) =>
        _calls.Add(new WriterCall(token, allowed.Split(' '), () =>
        {
            NarWriter<ArrayBufferWriter<byte>> writer = new(_output, state);
            try
            {
                call(ref writer);
            }
            finally
            {
                writer.Flush();
            }
        }));
}
