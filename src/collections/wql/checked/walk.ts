import type { CheckedSelect, Condition, Expression } from './checked.ts';

/** The conditions that must all hold: the branches of and, else the condition itself. */
export function conjuncts(condition: Condition | undefined): Condition[] {
  if (!condition) return [];
  return condition.kind === 'and' ? condition.items.flatMap(conjuncts) : [condition];
}

/** The conditions that hold for every row of a select: WHERE, and ON of what is joined inner. */
export function holdingAlways(select: CheckedSelect): Condition[] {
  const joined = select.sources.flatMap(source => (source.join === 'inner' ? conjuncts(source.on) : []));
  return [...joined, ...conjuncts(select.where)];
}

/** Every select of a query, the subselects included, outer ones first. */
export function* selects(select: CheckedSelect): Generator<CheckedSelect> {
  yield select;
  for (const condition of ownConditions(select)) {
    if (condition.kind === 'in-select') yield* selects(condition.select);
  }
}

/** Every condition of a select at any depth, without those of its subselects. */
export function* ownConditions(select: CheckedSelect): Generator<Condition> {
  for (const source of select.sources) if (source.on) yield* ownConditionsOf(source.on);
  if (select.where) yield* ownConditionsOf(select.where);
}

/** A condition and all those within it, without those of subselects. */
export function* ownConditionsOf(condition: Condition): Generator<Condition> {
  yield condition;
  if (condition.kind === 'and' || condition.kind === 'or') {
    for (const item of condition.items) yield* ownConditionsOf(item);
  } else if (condition.kind === 'not') {
    yield* ownConditionsOf(condition.item);
  }
}

/** The values that a condition compares, without those of a subselect. */
export function valuesOf(condition: Condition): Expression[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'incomparable':
    case 'like':
    case 'in':
    case 'in-select':
    case 'null':
      return [condition.value];
    default:
      return [];
  }
}

/** An expression and all its parts. */
export function* parts(expression: Expression): Generator<Expression> {
  yield expression;
  switch (expression.kind) {
    case 'date-add':
      yield* parts(expression.amount);
      yield* parts(expression.date);
      break;
    case 'date-diff':
      yield* parts(expression.from);
      yield* parts(expression.to);
      break;
    case 'date-part':
      yield* parts(expression.date);
      break;
    case 'substring':
      yield* parts(expression.value);
      yield* parts(expression.start);
      yield* parts(expression.length);
      break;
    case 'convert':
      yield* parts(expression.value);
      break;
    default:
  }
}
