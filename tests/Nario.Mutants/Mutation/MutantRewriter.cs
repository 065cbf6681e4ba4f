using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nario.Mutants.Mutation;

/// <summary>
/// Puts all mutants of a file into it at once, each behind a call that asks whether it is the one to run.
/// </summary>
/// <remarks>
/// Mutated are: conditions (always or never true), operands of <c>&amp;&amp;</c> and <c>||</c> (left out), comparisons
/// (bounds moved by one, results turned round), arithmetic, flags (left out), numbers (one more), booleans, and
/// statements (left out). Not mutated are messages: what is thrown, interpolated strings and <c>ToString</c>; guards
/// against null; and what the compiler must know beforehand, such as constants and patterns.
/// </remarks>
/// <param name="area">The name of the area.</param>
/// <param name="file">The name of the file.</param>
/// <param name="dropped">Numbers of mutants that do not compile.</param>
/// <param name="mutants">Where the mutants go.</param>
internal sealed class MutantRewriter(string area, string file, IReadOnlySet<int> dropped, List<Mutant> mutants)
    : CSharpSyntaxRewriter
{
    private const int LongestText = 90;

    private static readonly HashSet<string> LeftOutMembers =
        ["ToString", "GetHashCode", "Write", "WriteChecked", "GetSize", "Quote", "SpecPathOf"];

    private readonly HashSet<string> _unassignedNames = [];

    /// <inheritdoc/>
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (LeftOutMembers.Contains(node.Identifier.Text))
        {
            return node;
        }

        // Leaving out the assignment of a name that has no value yet would not compile.
        _unassignedNames.Clear();
        _unassignedNames.UnionWith(node.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(static variable => variable.Initializer is null).Select(static variable => variable.Identifier.Text));
        _unassignedNames.UnionWith(node.ParameterList.Parameters
            .Where(static parameter => parameter.Modifiers.Any(SyntaxKind.OutKeyword))
            .Select(static parameter => parameter.Identifier.Text));
        return base.VisitMethodDeclaration(node);
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitEnumDeclaration(EnumDeclarationSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitParameter(ParameterSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitArrayRankSpecifier(ArrayRankSpecifierSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitThrowStatement(ThrowStatementSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitThrowExpression(ThrowExpressionSyntax node) => node;

    /// <inheritdoc/>
    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node) =>
        node.WithExpression(VisitPart(node.Expression));

    /// <inheritdoc/>
    public override SyntaxNode? VisitSwitchExpressionArm(SwitchExpressionArmSyntax node) =>
        node.Update(
            node.Pattern,
            (WhenClauseSyntax?)Visit(node.WhenClause),
            node.EqualsGreaterThanToken,
            VisitPart(node.Expression));

    /// <inheritdoc/>
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node : base.VisitFieldDeclaration(node);

    /// <inheritdoc/>
    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) =>
        node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    /// <inheritdoc/>
    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node) =>
        node.WithCondition(MutateCondition(node.Condition, true))
            .WithStatement((StatementSyntax)Visit(node.Statement)!)
            .WithElse((ElseClauseSyntax?)Visit(node.Else));

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        node.WithCondition(MutateCondition(node.Condition, false))
            .WithStatement((StatementSyntax)Visit(node.Statement)!);

    /// <inheritdoc/>
    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node) =>
        node.WithCondition(MutateCondition(node.Condition, true))
            .WithWhenTrue(VisitPart(node.WhenTrue))
            .WithWhenFalse(VisitPart(node.WhenFalse));

    /// <inheritdoc/>
    public override SyntaxNode? VisitWhenClause(WhenClauseSyntax node) =>
        node.WithCondition(MutateCondition(node.Condition, true).WithLeadingTrivia(SyntaxFactory.Space));

    /// <inheritdoc/>
    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        SyntaxKind kind = node.Kind();
        switch (kind)
        {
            case SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression:
                return node.Update(
                    MutateOperand(node.Left, kind), node.OperatorToken, MutateOperand(node.Right, kind));
            case SyntaxKind.BitwiseOrExpression:
                return Choose(node, (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!, node.Left, node.Right);
            case SyntaxKind.AddExpression when IsText(node):
                return node;
            default:
                return Choose(
                    node,
                    (BinaryExpressionSyntax)base.VisitBinaryExpression(node)!,
                    [.. OtherOperators(kind, IsCondition(node)).Select(other => WithOperator(node, other))]);
        }
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        PrefixUnaryExpressionSyntax visited = (PrefixUnaryExpressionSyntax)base.VisitPrefixUnaryExpression(node)!;
        return node.IsKind(SyntaxKind.LogicalNotExpression) && !IsCondition(node)
            ? Choose(node, visited, node.Operand)
            : visited;
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.TrueLiteralExpression when !IsCondition(node):
                return Mark(node, "false", id => SyntaxFactory.ParseExpression($"(!{Asks(id)})"));
            case SyntaxKind.FalseLiteralExpression when !IsCondition(node):
                return Mark(node, "true", id => SyntaxFactory.ParseExpression(Asks(id)));
            case SyntaxKind.NumericLiteralExpression when node.Token.Value is int value && !IsCompared(node):
                string next = (value + 1).ToString(CultureInfo.InvariantCulture);
                return Mark(
                    node,
                    next,
                    id => SyntaxFactory.ParseExpression(
                        $"global::Nario.Mutations.MutantSwitch.Pick({id}, {next}, {node})"));
            default:
                return node;
        }
    }

    /// <inheritdoc/>
    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        ExpressionStatementSyntax visited = (ExpressionStatementSyntax)base.VisitExpressionStatement(node)!;
        StatementSyntax result = visited;
        if (node.Expression is AssignmentExpressionSyntax assignment
            && (assignment.IsKind(SyntaxKind.AddAssignmentExpression)
                || assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)))
        {
            bool adds = assignment.IsKind(SyntaxKind.AddAssignmentExpression);
            string other = $"{assignment.Left} {(adds ? "-=" : "+=")} {assignment.Right};";
            result = (StatementSyntax)Mark(
                node,
                other,
                id => SyntaxFactory.ParseStatement($"if ({Asks(id)}) {{ {other} }} else {{ {visited.WithoutTrivia()} }} "),
                visited);
        }

        return CanLeaveOut(node.Expression)
            ? Mark(
                node,
                "(nothing)",
                id => SyntaxFactory.IfStatement(
                    SyntaxFactory.ParseExpression($"!{Asks(id)}"), SyntaxFactory.Block(result)),
                result)
            : result;
    }

    private static string Asks(int id) => $"global::Nario.Mutations.MutantSwitch.On({id})";

    private static bool DeclaresNames(SyntaxNode node) =>
        node.DescendantNodesAndSelf().Any(static part => part is DeclarationPatternSyntax or VarPatternSyntax
            or RecursivePatternSyntax { Designation: not null });

    private static bool IsAssignedWithin(ExpressionSyntax condition, SyntaxKind kind) =>
        condition.DescendantNodesAndSelf().Any(part => part.IsKind(kind)
            && ((BinaryExpressionSyntax)part).Right.DescendantNodesAndSelf().OfType<ArgumentSyntax>()
                .Any(static argument => argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)));

    private static bool IsText(BinaryExpressionSyntax node) =>
        node.DescendantNodes().Any(static part =>
            part is InterpolatedStringExpressionSyntax || part.IsKind(SyntaxKind.StringLiteralExpression));

    /// <summary>Whether an expression is a condition, which is mutated as a whole.</summary>
    private static bool IsCondition(ExpressionSyntax node)
    {
        SyntaxNode inner = node;
        while (inner.Parent is ParenthesizedExpressionSyntax)
        {
            inner = inner.Parent;
        }

        return inner.Parent switch
        {
            IfStatementSyntax or WhileStatementSyntax or WhenClauseSyntax => true,
            ConditionalExpressionSyntax conditional => conditional.Condition == inner,
            PrefixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.LogicalNotExpression),
            BinaryExpressionSyntax binary => binary.IsKind(SyntaxKind.LogicalAndExpression)
                || binary.IsKind(SyntaxKind.LogicalOrExpression),
            _ => false,
        };
    }

    private static bool IsCompared(ExpressionSyntax node) =>
        node.Parent is BinaryExpressionSyntax parent
        && parent.Kind() is SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression
            or SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression
            or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression;

    private static IEnumerable<SyntaxKind> OtherOperators(SyntaxKind kind, bool isCondition) => (kind, isCondition) switch
    {
        (SyntaxKind.LessThanExpression, true) => [SyntaxKind.LessThanOrEqualExpression],
        (SyntaxKind.LessThanOrEqualExpression, true) => [SyntaxKind.LessThanExpression],
        (SyntaxKind.GreaterThanExpression, true) => [SyntaxKind.GreaterThanOrEqualExpression],
        (SyntaxKind.GreaterThanOrEqualExpression, true) => [SyntaxKind.GreaterThanExpression],
        (SyntaxKind.LessThanExpression, _) =>
            [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        (SyntaxKind.LessThanOrEqualExpression, _) => [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        (SyntaxKind.GreaterThanExpression, _) =>
            [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        (SyntaxKind.GreaterThanOrEqualExpression, _) =>
            [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        (SyntaxKind.EqualsExpression, false) => [SyntaxKind.NotEqualsExpression],
        (SyntaxKind.NotEqualsExpression, false) => [SyntaxKind.EqualsExpression],
        (SyntaxKind.AddExpression, _) => [SyntaxKind.SubtractExpression],
        (SyntaxKind.SubtractExpression, _) => [SyntaxKind.AddExpression],
        (SyntaxKind.MultiplyExpression, _) => [SyntaxKind.DivideExpression],
        (SyntaxKind.DivideExpression, _) => [SyntaxKind.MultiplyExpression],
        (SyntaxKind.ModuloExpression, _) => [SyntaxKind.MultiplyExpression],
        (SyntaxKind.LeftShiftExpression, _) => [SyntaxKind.RightShiftExpression],
        (SyntaxKind.RightShiftExpression, _) => [SyntaxKind.LeftShiftExpression],
        (SyntaxKind.BitwiseAndExpression, _) => [SyntaxKind.BitwiseOrExpression],
        (SyntaxKind.ExclusiveOrExpression, _) => [SyntaxKind.BitwiseAndExpression],
        _ => [],
    };

    private static BinaryExpressionSyntax WithOperator(BinaryExpressionSyntax node, SyntaxKind kind) =>
        SyntaxFactory.BinaryExpression(kind, node.Left, node.Right).WithTriviaFrom(node);

    private static string Shorten(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > LongestText ? text[..LongestText] + "…" : text;
    }

    private ExpressionSyntax VisitPart(ExpressionSyntax part) => (ExpressionSyntax)Visit(part)!;

    private bool CanLeaveOut(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax invocation =>
            !invocation.Expression.ToString().EndsWith("ThrowIfNull", StringComparison.Ordinal)
            && !invocation.ArgumentList.Arguments.Any(static argument =>
                argument.RefKindKeyword.IsKind(SyntaxKind.OutKeyword)),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => !_unassignedNames.Contains(name.Identifier.Text),
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax or ElementAccessExpressionSyntax } => true,
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => true,
        _ => false,
    };

    private ExpressionSyntax MutateCondition(ExpressionSyntax condition, bool canBeAlwaysTrue)
    {
        ExpressionSyntax result = VisitPart(condition);
        if (condition is LiteralExpressionSyntax)
        {
            return result;
        }

        // A name that a pattern declares, or a call that may not be made, has a value on one side only.
        bool declares = DeclaresNames(condition);
        bool declaresWhenFalse = (declares && condition.DescendantNodes().Any(static part => part.IsKind(SyntaxKind.NotPattern)))
            || IsAssignedWithin(condition, SyntaxKind.LogicalOrExpression);
        if (canBeAlwaysTrue && (!declares || declaresWhenFalse) && !IsAssignedWithin(condition, SyntaxKind.LogicalAndExpression))
        {
            ExpressionSyntax before = result;
            result = (ExpressionSyntax)Mark(
                condition, "true", id => SyntaxFactory.ParseExpression($"(({before}) || {Asks(id)})"), before);
        }

        if (!declaresWhenFalse)
        {
            ExpressionSyntax before = result;
            result = (ExpressionSyntax)Mark(
                condition, "false", id => SyntaxFactory.ParseExpression($"(({before}) && !{Asks(id)})"), before);
        }

        return result;
    }

    private ExpressionSyntax MutateOperand(ExpressionSyntax operand, SyntaxKind kind)
    {
        ExpressionSyntax visited = VisitPart(operand);
        bool isAnd = kind == SyntaxKind.LogicalAndExpression;
        return DeclaresNames(operand) || operand.IsKind(kind)
            ? visited
            : (ExpressionSyntax)Mark(
                operand,
                isAnd ? "true" : "false",
                id => SyntaxFactory.ParseExpression($"(({visited}) {(isAnd ? "|| " : "&& !")}{Asks(id)})"),
                visited);
    }

    private SyntaxNode Choose(ExpressionSyntax original, ExpressionSyntax visited, params ExpressionSyntax[] others)
    {
        SyntaxNode result = visited;
        foreach (ExpressionSyntax other in others)
        {
            SyntaxNode before = result;
            result = Mark(
                original,
                Shorten(other),
                id => SyntaxFactory.ParseExpression($"({Asks(id)} ? ({other}) : ({before}))"),
                before);
        }

        return result;
    }

    private SyntaxNode Mark(SyntaxNode original, string change, Func<int, SyntaxNode> make, SyntaxNode? unchanged = null)
    {
        int id = mutants.Count;
        int line = original.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        mutants.Add(new Mutant(id, area, file, line, $"{Shorten(original)}  →  {change}"));
        return dropped.Contains(id)
            ? unchanged ?? original
            : make(id).WithTriviaFrom(original);
    }
}
