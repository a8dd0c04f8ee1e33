import { create, parseDependencies } from "mathjs/number";
import type {
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from "mathjs/number";
import { SalonError } from "@/lib/errors";

/** A formula that cannot be used, and where: `position` counts characters from 0. */
export class FormulaError extends SalonError {
  readonly position: number;

  constructor(position: number, message: string) {
    super("invalid_request", `position ${position + 1}: ${message}`, { field: "formula" });
    this.name = "FormulaError";
    this.position = position;
  }
}

/** A formula ready to run on a row: null where a column it needs is missing or the result is not finite. */
export type Formula = (row: Readonly<Record<string, number | null | undefined>>) => number | null;

/** Everything a formula may call. */
export const FORMULA_FUNCTIONS: Readonly<
  Record<string, { arity: [number, number]; of: (...x: number[]) => number }>
> = {
  abs: { arity: [1, 1], of: Math.abs },
  ceil: { arity: [1, 1], of: Math.ceil },
  exp: { arity: [1, 1], of: Math.exp },
  floor: { arity: [1, 1], of: Math.floor },
  log: { arity: [1, 1], of: Math.log },
  log10: { arity: [1, 1], of: Math.log10 },
  log2: { arity: [1, 1], of: Math.log2 },
  max: { arity: [1, 8], of: Math.max },
  min: { arity: [1, 8], of: Math.min },
  round: { arity: [1, 1], of: Math.round },
  sqrt: { arity: [1, 1], of: Math.sqrt },
};

const OPERATORS: Readonly<Record<string, (...x: number[]) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  pow: (x, y) => x ** y,
  unaryMinus: (x) => -x,
  unaryPlus: (x) => x,
};

/** A formula is one short line: deep nesting and long scans are refused before they start. */
const LONGEST_FORMULA = 200;

const { parse } = create({ parseDependencies });

/**
 * Compiles a user's column, such as `elo / log10(price)`, over the named columns of a row. Only numbers, columns,
 * + - * / ^, parentheses and {@link FORMULA_FUNCTIONS} are allowed: every character and name is checked before
 * mathjs' parser sees the text, and the tree it returns is walked by this file alone, so nothing of mathjs is ever
 * evaluated. Throws {@link FormulaError} with the position at fault.
 */
export function compileFormula(source: string, columns: readonly string[]): Formula {
  if (source.length > LONGEST_FORMULA) {
    throw new FormulaError(LONGEST_FORMULA, `a formula has at most ${LONGEST_FORMULA} characters`);
  }
  if (source.trim() === "") throw new FormulaError(0, "the formula is empty");
  const calls = checkTokens(source, new Set(columns));
  let tree: MathNode;
  try {
    tree = parse(source);
  } catch (error) {
    const char = error instanceof Error && "char" in error ? Number(error.char) - 1 : 0;
    const message = error instanceof Error ? error.message.replace(/ \(char \d+\)$/, "") : "cannot be read";
    throw new FormulaError(Math.max(0, char), message.charAt(0).toLowerCase() + message.slice(1));
  }
  const evaluate = compile(tree, source, calls);
  return (row) => {
    const value = evaluate(row);
    return Number.isFinite(value) ? value : null;
  };
}

const TOKEN = /\s+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|([A-Za-z_]\w*)|[-+*/^(),]/y;

/** Refuses every character and name that is not allowed; returns where each function is called, in order. */
function checkTokens(source: string, columns: ReadonlySet<string>): number[] {
  const calls: number[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const position = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (match === null)
      throw new FormulaError(position, `${JSON.stringify(source[position])} is not allowed`);
    const name = match[1];
    if (name === undefined) continue;
    const called = /^\s*\(/.test(source.slice(TOKEN.lastIndex));
    if (called && !Object.hasOwn(FORMULA_FUNCTIONS, name)) {
      throw new FormulaError(
        position,
        `there is no function ${name}; there are ${Object.keys(FORMULA_FUNCTIONS).join(", ")}`,
      );
    }
    if (!called && !columns.has(name)) throw new FormulaError(position, `there is no column ${name}`);
    if (called) calls.push(position);
  }
  return calls;
}

type Evaluate = (row: Readonly<Record<string, number | null | undefined>>) => number;

/**
 * Walks the tree in the order of the text, so that `calls` gives each function its position. Missing values are
 * NaN on the way, and null at the end.
 */
function compile(node: MathNode, source: string, calls: number[]): Evaluate {
  switch (node.type) {
    case "ConstantNode": {
      const value = Number((node as ConstantNode).value);
      return () => value;
    }
    case "SymbolNode": {
      const { name } = node as SymbolNode;
      return (row) => row[name] ?? NaN;
    }
    case "ParenthesisNode":
      return compile((node as ParenthesisNode).content, source, calls);
    case "OperatorNode": {
      const { fn, args, op } = node as OperatorNode;
      const apply = OPERATORS[fn];
      if (apply === undefined)
        throw new FormulaError(Math.max(0, source.indexOf(op)), `${op} is not allowed`);
      return call(apply, args, source, calls);
    }
    case "FunctionNode": {
      const { fn, args } = node as FunctionNode<SymbolNode>;
      const known = Object.hasOwn(FORMULA_FUNCTIONS, fn.name) ? FORMULA_FUNCTIONS[fn.name] : undefined;
      const position = calls.shift() ?? 0;
      if (known === undefined) throw new FormulaError(position, `there is no function ${fn.name}`);
      const [least, most] = known.arity;
      if (args.length < least || args.length > most) {
        const count = least === most ? `${least}` : `${least} to ${most}`;
        throw new FormulaError(
          position,
          `${fn.name} takes ${count} argument${most === 1 ? "" : "s"}, not ${args.length}`,
        );
      }
      return call(known.of, args, source, calls);
    }
    default:
      throw new FormulaError(0, "only arithmetic is allowed");
  }
}

function call(
  apply: (...x: number[]) => number,
  args: readonly MathNode[],
  source: string,
  calls: number[],
): Evaluate {
  const inner = args.map((arg) => compile(arg, source, calls));
  return (row) => {
    const values = inner.map((evaluate) => evaluate(row));
    // NaN ** 0 is 1 in JavaScript; here a missing value makes the whole result missing.
    return values.some(Number.isNaN) ? NaN : apply(...values);
  };
}
