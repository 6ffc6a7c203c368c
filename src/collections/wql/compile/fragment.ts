/** A value that a statement is given. */
export type SqlParameter = string | number | null;

/** A piece of SQL with the values of its placeholders (?) in order. */
export interface Fragment {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/**
 * Puts a piece of SQL together: a Fragment is put in as it is, everything else becomes a placeholder. So no text of
 * a query can become SQL.
 */
export function frag(texts: TemplateStringsArray, ...values: (Fragment | SqlParameter)[]): Fragment {
  let sql = texts[0] ?? '';
  const parameters: SqlParameter[] = [];
  values.forEach((value, i) => {
    if (typeof value === 'object' && value !== null) {
      sql += value.sql;
      for (const parameter of value.parameters) parameters.push(parameter);
    } else {
      sql += '?';
      parameters.push(value);
    }
    sql += texts[i + 1] ?? '';
  });
  return { sql, parameters };
}

/** Pieces with SQL between them. */
export function join(fragments: readonly Fragment[], separator: string): Fragment {
  return {
    sql: fragments.map(fragment => fragment.sql).join(separator),
    parameters: fragments.flatMap(fragment => fragment.parameters),
  };
}

/** SQL that the program itself holds, as the name of an operator. */
export function raw(sql: string): Fragment {
  return { sql, parameters: [] };
}

/** The name of a table or column. */
export function identifier(name: string): Fragment {
  return raw(`"${name.replaceAll('"', '""')}"`);
}

/**
 * Conditions joined by and / or as a balanced tree: databases limit how deep an expression may be, and a flat chain
 * of a thousand is a thousand deep.
 */
export function balanced(fragments: readonly Fragment[], operator: 'and' | 'or'): Fragment {
  const [first, ...others] = fragments;
  if (!first) return raw(operator === 'and' ? '1 = 1' : '1 = 0');
  if (others.length === 0) return first;
  const middle = fragments.length >> 1;
  const left = balanced(fragments.slice(0, middle), operator);
  const right = balanced(fragments.slice(middle), operator);
  return frag`(${left} ${raw(operator)} ${right})`;
}
