import { compileFormula, FormulaError, type Formula } from "./formula";

/** A reader's column as a link carries it. */
export interface OwnColumn {
  name: string;
  formula: string;
}

/** At most so many columns in a link. */
export const MOST_OWN_COLUMNS = 8;

/**
 * Reads the columns of a link, `name=formula;name=formula`: neither sign can occur in a formula. What has no name gets
 * its formula for one; names are cut at 40 characters, and columns beyond {@link MOST_OWN_COLUMNS} are dropped.
 */
export function readOwnColumns(text: string): OwnColumn[] {
  return text
    .split(";")
    .map((part) => {
      const at = part.indexOf("=");
      const formula = part.slice(at + 1).trim();
      return { name: part.slice(0, Math.max(0, at)).trim().slice(0, 40) || formula.slice(0, 40), formula };
    })
    .filter(({ formula }) => formula !== "")
    .slice(0, MOST_OWN_COLUMNS);
}

/** A compiled column, or where its formula is wrong: `position` counts characters from 0. */
export type CompiledColumn = OwnColumn &
  ({ run: Formula; error: null } | { run: null; error: { position: number; message: string } });

/** Compiles a column over the numbers of a row; a wrong formula is an answer, not an exception. */
export function compileOwnColumn(column: OwnColumn, names: readonly string[]): CompiledColumn {
  try {
    return { ...column, run: compileFormula(column.formula, names), error: null };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const message = error.message.replace(/^position \d+: /, "");
    return { ...column, run: null, error: { position: error.position, message } };
  }
}
