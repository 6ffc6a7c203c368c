import type { CheckedSelect, Condition, Expression } from '../checked/checked.ts';
import { parts, valuesOf } from '../checked/walk.ts';
import { type Atom, compileAtom } from './compile-atoms.ts';
import { type ArrayValues, alias, type Compilation, compileExpression } from './compile-expressions.ts';
import { balanced, type Fragment, frag, raw } from './fragment.ts';

/** Compiles a subselect to a select of one column; handed in, since selects hold conditions and the other way. */
export type CompileSubselect = (condition: Extract<Condition, { kind: 'in-select' }>) => Fragment;

/**
 * What is asked of a condition. 'filter': only where it is true, so false and unknown may be one. 'truth': all
 * three, since it stands under a not.
 */
export type Purpose = 'filter' | 'truth';

/** SQL of a condition for one row of its select. */
export function compileCondition(
  condition: Condition,
  purpose: Purpose,
  compilation: Compilation,
  subselect: CompileSubselect,
): Fragment {
  const compile = (item: Condition, inside = purpose) =>
    compileCondition(item, inside, compilation, subselect);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return balanced(
        condition.items.map(item => compile(item)),
        condition.kind,
      );
    case 'not':
      // Not twice is the condition itself, in three-valued logic too.
      if (condition.item.kind === 'not') return compile(condition.item.item);
      return frag`not (${compile(condition.item, 'truth')})`;
    case 'null':
      return isNull(condition, compilation);
    case 'in-select':
      return withArrays(condition, purpose, compilation, arrays => {
        const value = compileExpression(condition.value, compilation, arrays);
        const operator = raw(condition.negated ? 'not in' : 'in');
        return frag`${value} ${operator} (${subselect(condition)})`;
      });
    default:
      return withArrays(condition, purpose, compilation, arrays =>
        compileAtom(condition satisfies Atom, compilation, arrays),
      );
  }
}

type ArrayProperty = Extract<Expression, { kind: 'property' | 'looked-up' }>;

/** The array properties that an expression reads. */
function arrayProperties(values: readonly Expression[]): ArrayProperty[] {
  return values
    .flatMap(value => [...parts(value)])
    .filter(part => part.kind === 'property' || part.kind === 'looked-up')
    .filter(part => part.property.isArray);
}

/** The rows of resource_value that hold the values of an array property, under an alias. */
export function valueRows(property: ArrayProperty, name: Fragment): Fragment {
  const { id } = property.property;
  if (id === null || property.class.table === null) return frag`${name}.property_id is null`;
  return frag`${ofProperty(name, id)} and ${name}.resource_id = ${alias(property.source)}.resource_id`;
}

/** The index of an array property's values is known to fit only where its number is part of the statement. */
function ofProperty(name: Fragment, id: number): Fragment {
  return frag`${name}.property_id = ${raw(String(id))}`;
}

/**
 * A condition on an array property holds where any of its values meets it; without values it is unknown. Several
 * array properties in one condition are taken in every combination.
 */
function withArrays(
  condition: Condition,
  purpose: Purpose,
  compilation: Compilation,
  compile: (arrays: ArrayValues) => Fragment,
): Fragment {
  const properties = arrayProperties(valuesOf(condition));
  const [first] = properties;
  if (!first) return compile(new Map());
  const names = properties.map(() => raw(`v${compilation.newAlias()}`));
  const arrays = new Map<Expression, Fragment>();
  properties.forEach((property, i) => {
    arrays.set(property, frag`${names[i] ?? raw('')}.value`);
  });
  const tables = names.map(name => frag`resource_value ${name}`);
  const rows = properties.map((property, i) => valueRows(property, names[i] ?? raw('')));
  const test = compile(arrays);
  const from = balancedList(tables);
  if (purpose === 'truth') return frag`(select max(${test}) from ${from} where ${balanced(rows, 'and')})`;
  const alone = properties.length === 1 && standsAlone(condition, first);
  if (alone && compilation.restriction === undefined && first.property.id !== null) {
    // The other way round the values are found first, by their index, and the resources from them.
    const name = names[0] ?? raw('');
    const ids = frag`select ${name}.resource_id from ${from}
      where ${ofProperty(name, first.property.id)} and ${test}`;
    return frag`${alias(first.source)}.resource_id in (${ids})`;
  }
  return frag`exists (select 1 from ${from} where ${balanced([...rows, test], 'and')})`;
}

/** Whether a condition reads nothing of a row but one array property. */
function standsAlone(condition: Condition, property: ArrayProperty): boolean {
  if (property.kind === 'looked-up' || property.class.table === null) return false;
  return valuesOf(condition)
    .flatMap(value => [...parts(value)])
    .every(part => part === property || !('source' in part));
}

function balancedList(tables: readonly Fragment[]): Fragment {
  return tables.reduce((list, table) => frag`${list} cross join ${table}`);
}

function isNull(condition: Extract<Condition, { kind: 'null' }>, compilation: Compilation): Fragment {
  const [array] = arrayProperties([condition.value]);
  if (array) {
    const name = raw(`v${compilation.newAlias()}`);
    const not = raw(condition.negated ? '' : 'not ');
    return frag`${not}exists (select 1 from resource_value ${name} where ${valueRows(array, name)})`;
  }
  const value = compileExpression(condition.value, compilation, new Map());
  return frag`${value} is ${raw(condition.negated ? 'not ' : '')}null`;
}

/** The array property that a subselect yields, if it yields one: each of its values is a row then. */
export function arrayOutput(select: CheckedSelect): ArrayProperty | undefined {
  return arrayProperties([select.output])[0];
}
