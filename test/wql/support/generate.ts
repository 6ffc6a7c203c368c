import fc from 'fast-check';
import type { Literal, NaiveCondition, NaiveSelect, NaiveSource, Operator, Property } from './naive.ts';
import type { ClassDefinition, TestResource, Value } from './site.ts';

// Small inventories and small queries over few values, so that they meet often.

export const generatedClasses: Record<string, ClassDefinition> = {
  SMS_R_System: {
    properties: {
      Name: 'string',
      Client: 'integer',
      IsVirtualMachine: 'boolean',
      CreationDate: 'datetime',
      SystemOUName: 'string[]',
    },
  },
  SMS_G_System_A: { properties: { Label: 'string', Size: 'integer', Seen: 'datetime' } },
  SMS_G_System_B: { properties: { Label: 'string', Flag: 'boolean' } },
};

const texts = [
  '',
  'a',
  'A',
  'ab',
  'aB ',
  'b',
  'ä',
  'Ä',
  'a%b',
  '[x]',
  'a_b',
  '^-',
  '1',
  '01',
  '2.0',
  'true',
  'x*y',
  "o'b\\c",
];
const patterns = [
  '%',
  '',
  'a%',
  '%b',
  '_',
  'A_',
  '[a-b]%',
  '[^a]%',
  '%[%]%',
  '[[]%',
  'Ä',
  '[ä]',
  'a[_]b',
  '[',
  '[]',
  '[^]',
  '%*%',
  '?',
  '[-^]%',
  '[^^]%',
  '%\\%',
  '[1-2]%',
  'a[a-',
  '%a%b%',
];
const dates = [
  '1969-12-31T23:59:59Z',
  '2024-02-29T00:00:00Z',
  '2026-02-28T23:30:00Z',
  '2026-03-01T11:59:00Z',
  '2026-03-02T00:00:00Z',
];
const text = fc.constantFrom(...texts);
const integer = fc.integer({ min: -1, max: 3 });
const date = fc.constantFrom(...dates);
const orNull = (values: fc.Arbitrary<Value>) => fc.option(values, { freq: 4, nil: null });

/** Up to six devices, each with up to two rows of each class. */
export const inventories: fc.Arbitrary<TestResource[]> = fc
  .array(
    fc.record({
      system: fc.record({
        Name: orNull(text),
        Client: orNull(integer),
        IsVirtualMachine: orNull(fc.boolean()),
        CreationDate: orNull(date),
        SystemOUName: fc.uniqueArray(text, { maxLength: 2, selector: value => value.trim().toLowerCase() }),
      }),
      a: fc.array(fc.record({ Label: orNull(text), Size: orNull(integer), Seen: orNull(date) }), {
        maxLength: 2,
      }),
      b: fc.array(fc.record({ Label: orNull(text), Flag: orNull(fc.boolean()) }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(devices =>
    devices.map(({ system, a, b }, i) => ({
      id: i + 1,
      rows: { SMS_R_System: [system], SMS_G_System_A: a, SMS_G_System_B: b },
    })),
  );

function propertiesOf(sources: readonly NaiveSource[]): Property[] {
  return sources.flatMap(({ alias, className }) => [
    { alias, name: 'ResourceID', type: 'id' } as const,
    ...Object.entries(generatedClasses[className]?.properties ?? {}).map(([name, declared]): Property => {
      const array = declared.endsWith('[]');
      const type = (array ? declared.slice(0, -2) : declared) as Property['type'];
      return array ? { alias, name, type, array } : { alias, name, type };
    }),
  ]);
}

const operators = fc.constantFrom<Operator[]>('=', '<>', '<', '>', '<=', '>=');

function literalFor(type: Property['type']): fc.Arbitrary<Literal> {
  switch (type) {
    case 'id':
      return fc.integer({ min: 1, max: 6 });
    case 'datetime':
      return date;
    case 'string':
      return fc.oneof(
        { weight: 4, arbitrary: text },
        { weight: 1, arbitrary: integer },
        { weight: 1, arbitrary: fc.boolean() },
      );
    default:
      return fc.oneof(integer, fc.boolean(), fc.constantFrom('1', '0', 'True', 'false', 'x', '2.0'));
  }
}

function atoms(sources: readonly NaiveSource[], deeper: boolean): fc.Arbitrary<NaiveCondition> {
  const properties = propertiesOf(sources);
  const property = fc.constantFrom(...properties);
  // Every class has a text; dates are asked for only where there is one.
  const ofType = (...types: Property['type'][]) => {
    const fitting = properties.filter(entry => types.includes(entry.type));
    return fc.constantFrom(...(fitting.length > 0 ? fitting : properties));
  };
  const compare = property.chain(entry =>
    fc.record({
      kind: fc.constant('compare' as const),
      property: fc.constant(entry),
      operator: operators,
      literal: literalFor(entry.type),
    }),
  );
  const columns = property.chain(left =>
    fc.record({
      kind: fc.constant('columns' as const),
      left: fc.constant(left),
      operator: operators,
      right: fc.constantFrom(...properties.filter(right => right.type === left.type)),
    }),
  );
  const like = fc.record({
    kind: fc.constant('like' as const),
    property: ofType('string', 'integer', 'boolean'),
    pattern: fc.constantFrom(...patterns),
    negated: fc.boolean(),
  });
  const list = property.chain(entry => {
    const literals =
      entry.type === 'string' ? text : literalFor(entry.type).filter(value => typeof value !== 'boolean');
    return fc.record({
      kind: fc.constant('in' as const),
      property: fc.constant(entry),
      list: fc.array(fc.option(literals, { freq: 8, nil: null }), { minLength: 1, maxLength: 4 }),
      negated: fc.boolean(),
    });
  });
  const isNull = fc.record({ kind: fc.constant('null' as const), property, negated: fc.boolean() });
  const diff = fc.record({
    kind: fc.constant('diff' as const),
    part: fc.constantFrom('year', 'quarter', 'month', 'week', 'day', 'hour'),
    property: ofType('datetime'),
    operator: operators,
    count: fc.integer({ min: -2, max: 3 }),
  });
  const plain = [compare, like, list, isNull, columns];
  const all: fc.Arbitrary<NaiveCondition>[] = [...plain];
  if (properties.some(entry => entry.type === 'datetime')) all.push(diff);
  if (deeper) all.push(inSelect(properties));
  return fc.oneof(...all);
}

function inSelect(outer: readonly Property[]): fc.Arbitrary<NaiveCondition> {
  return selects(false).chain(({ sources, where }) => {
    const outputs = propertiesOf(sources);
    const types = new Set(outer.map(entry => entry.type));
    return fc.constantFrom(...outputs.filter(entry => types.has(entry.type))).chain(output =>
      fc.record({
        kind: fc.constant('in-select' as const),
        property: fc.constantFrom(...outer.filter(entry => entry.type === output.type)),
        select: fc.constant({ sources, where, output }),
        negated: fc.boolean(),
      }),
    );
  });
}

function conditions(
  sources: readonly NaiveSource[],
  depth: number,
  deeper: boolean,
): fc.Arbitrary<NaiveCondition> {
  const atom = atoms(sources, deeper);
  if (depth === 0) return atom;
  const inner = conditions(sources, depth - 1, deeper);
  const chain = fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    items: fc.array(inner, { minLength: 2, maxLength: 3 }),
  });
  const not = fc.record({ kind: fc.constant('not' as const), item: inner });
  return fc.oneof(
    { weight: 3, arbitrary: atom },
    { weight: 3, arbitrary: chain },
    { weight: 1, arbitrary: not },
  );
}

/** The classes of a select: aliases are given by position, so that a subselect may have the same. */
function selects(
  deeper: boolean,
): fc.Arbitrary<{ sources: NaiveSource[]; where: NaiveCondition | undefined }> {
  const className = fc.constantFrom(...Object.keys(generatedClasses));
  const join = fc.record({
    className,
    join: fc.constantFrom(
      'inner' as const,
      'inner' as const,
      'left' as const,
      'right' as const,
      'full' as const,
    ),
    byId: fc.integer({ min: 0, max: 3 }),
  });
  return fc
    .record({ first: className, joins: fc.array(join, { maxLength: 2 }) })
    .chain(({ first, joins }) => {
      const prefix = deeper ? 'q' : 'i';
      const from: NaiveSource = { className: first, alias: `${prefix}0`, join: 'from', on: undefined };
      let built: fc.Arbitrary<NaiveSource[]> = fc.constant([from]);
      joins.forEach((entry, i) => {
        built = built.chain(before => {
          const source: NaiveSource = {
            className: entry.className,
            alias: `${prefix}${i + 1}`,
            join: entry.join,
            on: undefined,
          };
          const tie: NaiveCondition = {
            kind: 'columns',
            left: { alias: source.alias, name: 'ResourceID', type: 'id' },
            operator: '=',
            right: { alias: before[i]?.alias ?? from.alias, name: 'ResourceID', type: 'id' },
          };
          const on =
            entry.byId > 0
              ? fc.constant<NaiveCondition>(tie)
              : conditions([...before, source], 0, false).map(
                  (other): NaiveCondition => ({ kind: 'and', items: [tie, other] }),
                );
          return on.map(condition => [...before, { ...source, on: condition }]);
        });
      });
      return built.chain(sources =>
        fc.record({
          sources: fc.constant(sources),
          where: fc.option(conditions(sources, deeper ? 2 : 1, deeper), { freq: 9, nil: undefined }),
        }),
      );
    });
}

/** Queries that find devices. */
export const queries: fc.Arbitrary<NaiveSelect> = selects(true)
  .filter(({ sources }) => sources.some(source => source.className === 'SMS_R_System'))
  .map(({ sources, where }) => {
    const alias = sources.find(source => source.className === 'SMS_R_System')?.alias ?? '';
    return { sources, where, output: { alias, name: 'ResourceID', type: 'id' } };
  });
