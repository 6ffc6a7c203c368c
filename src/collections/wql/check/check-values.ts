import type { Expression } from '../checked/checked.ts';
import { convert } from '../checked/coercion.ts';
import { type DatePart, datePart, datePartNames } from '../date-parts.ts';
import type { CallTree, ValueTree } from '../parse/tree.ts';
import type { CheckContext } from './check-context.ts';
import { nearest } from './near.ts';
import type { Scope } from './scope.ts';

/** What a value in a condition is. A null constant is a literal of NULL. @throws WqlError */
export function checkValue(tree: ValueTree, scope: Scope, context: CheckContext): Expression {
  switch (tree.kind) {
    case 'name':
      return scope.resolve(tree);
    case 'call':
      return checkCall(tree, scope, context);
    case 'null':
      return { kind: 'literal', type: 'string', value: null };
    case 'boolean':
      return { kind: 'literal', type: 'boolean', value: tree.value ? 1 : 0 };
    case 'number':
      return { kind: 'literal', type: 'number', value: tree.value };
    case 'string':
      return { kind: 'literal', type: 'string', value: tree.value };
  }
}

interface KnownFunction {
  /** How it is written, for errors. */
  usage: string;
  arguments: number;
  check: (call: CallTree, scope: Scope, context: CheckContext) => Expression;
}

const functions: Readonly<Record<string, KnownFunction>> = {
  getdate: { usage: 'GetDate()', arguments: 0, check: () => ({ kind: 'now', type: 'datetime' }) },
  dateadd: {
    usage: 'DateAdd(part, number, date)',
    arguments: 3,
    check: (call, scope, context) => ({
      kind: 'date-add',
      part: readPart(call, context),
      amount: argument(call, 1, 'number', scope, context),
      date: argument(call, 2, 'datetime', scope, context),
      type: 'datetime',
    }),
  },
  datediff: {
    usage: 'DateDiff(part, from, to)',
    arguments: 3,
    check: (call, scope, context) => ({
      kind: 'date-diff',
      part: readPart(call, context),
      from: argument(call, 1, 'datetime', scope, context),
      to: argument(call, 2, 'datetime', scope, context),
      type: 'number',
    }),
  },
  datepart: {
    usage: 'DatePart(part, date)',
    arguments: 2,
    check: (call, scope, context) => ({
      kind: 'date-part',
      part: readPart(call, context),
      date: argument(call, 1, 'datetime', scope, context),
      type: 'number',
    }),
  },
  // Text is compared without regard to case anyway.
  upper: { usage: 'Upper(text)', arguments: 1, check: asText },
  lower: { usage: 'Lower(text)', arguments: 1, check: asText },
  substring: {
    usage: 'Substring(text, start, length)',
    arguments: 3,
    check: (call, scope, context) => ({
      kind: 'substring',
      value: argument(call, 0, 'string', scope, context),
      start: argument(call, 1, 'number', scope, context),
      length: argument(call, 2, 'number', scope, context),
      type: 'string',
    }),
  },
};

function checkCall(call: CallTree, scope: Scope, context: CheckContext): Expression {
  const key = call.name.toLowerCase();
  const known = Object.hasOwn(functions, key) ? functions[key] : undefined;
  if (!known) {
    const usages = Object.values(functions).map(entry => entry.usage);
    const near = nearest(
      call.name,
      usages.map(usage => usage.slice(0, usage.indexOf('('))),
    );
    throw context.error(`WQL has no function ${call.name}.`, call, {
      expected: usages.join(', '),
      ...(near ? { suggestion: near } : {}),
    });
  }
  if (call.arguments.length !== known.arguments) {
    throw context.error(`${call.name} takes ${known.arguments} arguments.`, call, {
      expected: known.usage,
    });
  }
  return known.check(call, scope, context);
}

function asText(call: CallTree, scope: Scope, context: CheckContext): Expression {
  return argument(call, 0, 'string', scope, context);
}

function argument(
  call: CallTree,
  index: number,
  type: 'string' | 'number' | 'datetime',
  scope: Scope,
  context: CheckContext,
): Expression {
  const tree = call.arguments[index] ?? call.arguments[0];
  if (!tree) throw context.error(`${call.name} lacks an argument.`, call);
  const converted = convert(checkValue(tree, scope, context), type);
  if (converted) return converted;
  const what = type === 'datetime' ? 'a date' : type === 'number' ? 'a number' : 'text';
  throw context.error(`${context.text.slice(tree.start, tree.end)} is not ${what}.`, tree, {
    expected: what,
    ...(type === 'datetime' ? { advice: dateForm } : {}),
  });
}

/** How a date is written, for errors. */
export const dateForm = "write '2026-01-31' or '2026-01-31 13:45:00'";

function readPart(call: CallTree, context: CheckContext): DatePart {
  const tree = call.arguments[0];
  const written =
    tree?.kind === 'string'
      ? tree.value
      : tree?.kind === 'name' && tree.source === undefined
        ? tree.property
        : undefined;
  const part = written === undefined ? undefined : datePart(written);
  if (part) return part;
  const suggestion = written === undefined ? undefined : nearest(written, datePartNames());
  throw context.error(`${call.name} begins with a part of a date.`, tree ?? call, {
    expected: 'year, quarter, month, week, day, hour, minute or second',
    ...(suggestion ? { suggestion } : {}),
  });
}
