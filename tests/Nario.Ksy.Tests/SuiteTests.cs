using Nario.Ksy.Binding;
using Nario.Ksy.Diagnostics;
using Nario.Ksy.Syntax;
using Xunit.Abstractions;

namespace Nario.Ksy.Tests;

/// <summary>The specifications of the official test suite, and those that this project began with.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    /// <summary>Names of faulty specifications with line, column and rule of their one fault.</summary>
    private static readonly Dictionary<string, string> FaultsOfSyntax = new()
    {
        ["attr_bad_key"] = "12:5 KSY0010",
        ["attr_bad_pad_right_neg"] = "9:16 KSY0018",
        ["attr_bad_terminator_neg"] = "8:17 KSY0018",
        ["attr_bad_terminator_over_255"] = "8:17 KSY0018",
        ["attr_bad_valid_in_enum_false"] = "11:16 KSY0017",
        ["enum_member_name_dup"] = "10:10 KSY0021",
        ["enum_name_bad"] = "7:3 KSY0015",
        ["enum_unquoted_null"] = "8:8 KSY0011",
        ["expr_bad_id_inst_value"] = "8:12 KSY0108",
        ["expr_bad_id_size"] = "8:11 KSY0108",
        ["expr_broken_inst_value"] = "8:16 KSY0106",
        ["expr_broken_switch_cases"] = "14:10 KSY0106",
        ["expr_broken_switch_on"] = "9:21 KSY0106",
        ["expr_broken_switch_params_call"] = "11:20 KSY0106",
        ["expr_broken_valid_eq_short"] = "9:16 KSY0106",
        ["id_clash_params_vs_inst_pos"] = "14:3 KSY0016",
        ["id_clash_params_vs_inst_value"] = "14:3 KSY0016",
        ["id_clash_seq_vs_inst_pos"] = "14:3 KSY0016",
        ["id_clash_seq_vs_inst_value"] = "14:3 KSY0016",
        ["id_dup_params"] = "11:9 KSY0016",
        ["id_dup_seq"] = "11:9 KSY0016",
        ["instance_value_null"] = "8:12 KSY0011",
        ["instance_value_with_size"] = "9:5 KSY0010",
        ["instance_value_with_type"] = "9:5 KSY0010",
        ["meta_bad_endian"] = "6:11 KSY0017",
        ["meta_bad_id"] = "5:7 KSY0015",
        ["meta_bad_id2"] = "5:7 KSY0015",
        ["meta_bad_id3"] = "5:7 KSY0015",
        ["meta_bad_ks_version"] = "6:15 KSY0022",
        ["meta_imports_null"] = "6:12 KSY0011",
        ["meta_no_id"] = "5:3 KSY0012",
        ["params_call_malformed"] = "8:25 KSY0106",
        ["repeat_bad"] = "9:13 KSY0017",
        ["repeat_wo_expr"] = "9:13 KSY0014",
        ["repeat_wo_repeat"] = "9:5 KSY0014",
        ["repeat_wo_until"] = "9:13 KSY0014",
        ["seq_not_array"] = "6:6 KSY0011",
        ["switch_cases_array"] = "11:9 KSY0007",
        ["switch_cases_malformed_quoting2"] = "14:10 KSY0108",
        ["switch_no_cases"] = "9:7 KSY0012",
        ["switch_no_switch_on"] = "9:7 KSY0012",
        ["top_empty"] = "1:1 KSY0002",
        ["type_invalid"] = "9:7 KSY0011",
        ["type_name_bad"] = "7:3 KSY0015",
        ["yaml_1"] = "6:8 KSY0001",
        ["yaml_dup_keys"] = "9:1 KSY0006",
    };

    [SharedFact("sketch")]
    public void Sketches_HaveNoDiagnostics()
    {
        foreach (string file in Specifications("sketch"))
        {
            DiagnosticBag diagnostics = new(file);
            Assert.NotNull(SpecParser.Parse(file, File.ReadAllText(file), diagnostics));
            Assert.Empty(diagnostics.Items);
        }
    }

    [SharedFact("kaitai-tests/formats")]
    public void Formats_Bind() => Bind(
        [.. Specifications("kaitai-tests/formats"), .. Specifications("kaitai-formats/common")]);

    [SharedFact("kaitai-formats")]
    public void PublicFormats_Bind() => Bind(Specifications("kaitai-formats"));

    [SharedFact("kaitai-tests/formats_err")]
    public void FaultyFormats_DoNotThrow()
    {
        foreach (string file in Specifications("kaitai-tests/formats_err"))
        {
            DiagnosticBag diagnostics = new(Path.GetFileName(file));
            SpecSyntax? spec = SpecParser.Parse(file, File.ReadAllText(file), diagnostics);
            Assert.True(spec is not null || diagnostics.HasErrors, file);
        }
    }

    [SharedFact("kaitai-tests/formats_err")]
    public void FaultsOfSyntax_AreReportedByTheirRule()
    {
        string folder = SharedFiles.Folder("kaitai-tests/formats_err")!;
        List<string> wrong = [];
        foreach ((string name, string place) in FaultsOfSyntax)
        {
            string file = Path.Combine(folder, name + ".ksy");
            DiagnosticBag diagnostics = new(name);
            SpecParser.Parse(name, File.ReadAllText(file), diagnostics);
            string found = string.Join(
                ", ",
                diagnostics.Items.Select(
                    item => $"{item.Span.Line + 1}:{item.Span.Column + 1} {item.Rule.Id}"));
            if (found != place)
            {
                wrong.Add($"{name}: {found}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Binds specifications that may import each other and are all right.</summary>
    private void Bind(string[] files)
    {
        ParsedSpec[] parsed = [.. files.Select(file => ParsedSpec.Parse(new SpecSource(file, File.ReadAllText(file))))];
        BindResult[] results = [.. SpecFamily.Of(parsed).Select(family => family.Bind(CancellationToken.None))];
        KsyDiagnostic[] found = [.. results.SelectMany(result => result.Diagnostics).Distinct()];
        foreach (IGrouping<KsyRule, KsyDiagnostic> rule in found.GroupBy(item => item.Rule))
        {
            output.WriteLine($"{rule.Key.Id} {rule.Key.Severity}: {rule.Count()}");
        }

        Assert.Empty(found.Where(item => item.Rule.Severity == KsySeverity.Error).Select(item => item.ToString()));
        Assert.All(results, result => Assert.NotNull(result.Model));
    }

    private static string[] Specifications(string folder)
    {
        string[] files = Directory.GetFiles(SharedFiles.Folder(folder)!, "*.ksy", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
