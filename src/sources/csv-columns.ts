import { fold, Problem } from '../base/index.ts';
import { isStandardArray, type ResourceType, type Scalar } from '../inventory/index.ts';

/** What one column of a CSV means. */
export type CsvColumn =
  | { kind: 'field'; field: string }
  | { kind: 'property'; name: string; list: boolean }
  | { kind: 'inventory'; className: string; name: string };

const fields = new Map(
  [
    'type',
    'name',
    'externalId',
    'entraDeviceId',
    'entraUserId',
    'userPrincipalName',
    'onPremisesSid',
    'deleted',
  ].map(field => [fold(field), field]),
);

/**
 * Reads the header: names of a record's fields, `properties.X`, `inventory.CLASS.X`, and any other name X, which is a
 * property. `X[]` says that its cells are lists. Names ignore case.
 * @throws Problem `csv-header` saying which column is wrong
 */
export function csvColumns(header: string[]): CsvColumn[] {
  const seen = new Set<string>();
  const columns = header.map((title, index) => {
    const name = title.trim();
    if (name === '') throw headerProblem(`Column ${index + 1} has no name.`);
    if (seen.has(fold(name))) throw headerProblem(`Two columns are named "${name}".`);
    seen.add(fold(name));
    return columnOf(name);
  });
  for (const field of ['type', 'name']) {
    if (!columns.some(column => column.kind === 'field' && column.field === field)) {
      throw headerProblem(`There is no column "${field}".`);
    }
  }
  return columns;
}

function columnOf(title: string): CsvColumn {
  const field = fields.get(fold(title));
  if (field !== undefined) return { kind: 'field', field };
  const [first = '', ...parts] = title.split('.');
  if (fold(first) === 'inventory') {
    const [className, name, ...more] = parts;
    if (!className || !name || more.length > 0) {
      throw headerProblem(`Column "${title}" should read inventory.CLASS.PROPERTY.`);
    }
    return { kind: 'inventory', className, name };
  }
  const property = fold(first) === 'properties' ? parts.join('.') : title;
  if (property === '') throw headerProblem(`Column "${title}" should read properties.PROPERTY.`);
  return property.endsWith('[]')
    ? { kind: 'property', name: property.slice(0, -2), list: true }
    : { kind: 'property', name: property, list: false };
}

function headerProblem(message: string): Problem {
  return new Problem(
    'invalid',
    'csv-header',
    `The header of the CSV can not be used: ${message}`,
    'The first line names the columns: type,name,externalId,… and properties; see docs/import.md.',
  );
}

/**
 * The record of one line, still to be validated. Empty cells name nothing; all cells of one inventory class make one
 * row. Cells of array properties are cut at |.
 */
export function recordOf(columns: readonly CsvColumn[], cells: readonly string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const properties: Record<string, Scalar | Scalar[]> = {};
  const inventory: Record<string, [Record<string, Scalar>]> = {};
  const typeCell = cells[columns.findIndex(column => column.kind === 'field' && column.field === 'type')];
  const type: ResourceType = fold(typeCell ?? '').trim() === 'user' ? 'user' : 'device';
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell.trim() === '') continue;
    if (column.kind === 'field') {
      record[column.field] = fieldValue(column.field, cell);
    } else if (column.kind === 'property') {
      const list = column.list || isStandardArray(type, column.name);
      properties[column.name] = list ? listOf(cell) : scalarOf(cell);
    } else {
      inventory[column.className] ??= [{}];
      const [row] = inventory[column.className] ?? [{}];
      row[column.name] = scalarOf(cell);
    }
  }
  if (Object.keys(properties).length > 0) record.properties = properties;
  if (Object.keys(inventory).length > 0) record.inventory = inventory;
  return record;
}

function fieldValue(field: string, cell: string): unknown {
  if (field === 'type') return fold(cell).trim();
  if (field !== 'deleted') return cell;
  const word = fold(cell).trim();
  if (word === 'true' || word === '1' || word === 'yes') return true;
  return word === 'false' || word === '0' || word === 'no' ? false : cell;
}

function listOf(cell: string): Scalar[] {
  return cell
    .split('|')
    .map(value => value.trim())
    .filter(value => value !== '')
    .map(scalarOf);
}

/**
 * The value of a cell. Whole numbers in their plain form and true or false become such; everything else stays text:
 * "007" and "10.0" would not be the same again.
 */
function scalarOf(cell: string): Scalar {
  if (/^(0|-?[1-9]\d{0,14})$/.test(cell)) return Number(cell);
  const word = cell.length <= 5 ? cell.toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : cell;
}
