import type { Literal, NaiveCondition, NaiveSelect, Property } from './naive.ts';

/** A select as WQL text. */
export function printSelect(select: NaiveSelect): string {
  const sources = select.sources.map(source => {
    const named = `${source.className} as ${source.alias}`;
    if (source.join === 'from') return named;
    return ` ${source.join} join ${named} on ${source.on ? printCondition(source.on) : '1 = 1'}`;
  });
  const where = select.where ? ` where ${printCondition(select.where)}` : '';
  return `select ${name(select.output)} from ${sources.join('')}${where}`;
}

function printCondition(condition: NaiveCondition): string {
  const not = 'negated' in condition && condition.negated ? 'not ' : '';
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.items.map(printCondition).join(` ${condition.kind} `)})`;
    case 'not':
      return `not ${printCondition(condition.item)}`;
    case 'compare':
      return `${name(condition.property)} ${condition.operator} ${literal(condition.literal)}`;
    case 'columns':
      return `${name(condition.left)} ${condition.operator} ${name(condition.right)}`;
    case 'like':
      return `${name(condition.property)} ${not}like ${literal(condition.pattern)}`;
    case 'in':
      return `${name(condition.property)} ${not}in (${condition.list.map(literal).join(', ')})`;
    case 'null':
      return `${name(condition.property)} is ${not}null`;
    case 'diff':
      return `DateDiff(${condition.part}, ${name(condition.property)}, GetDate()) ${condition.operator} ${condition.count}`;
    case 'in-select':
      return `${name(condition.property)} ${not}in (${printSelect(condition.select)})`;
  }
}

function name(property: Property): string {
  return `${property.alias}.${property.name}`;
}

function literal(value: Literal): string {
  if (typeof value !== 'string') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
