/** The table that holds the rows of a class: (resource_id, row_no, p<id> …). */
export function classTable(classId: number): string {
  return `class_${classId}`;
}

/** The column of a class table that holds a scalar property. */
export function propertyColumn(propertyId: number): string {
  return `p${propertyId}`;
}
