/** A way to bring members into a group and out of it. Both resolve when all is done. */
export interface GroupWriter {
  add(groupId: string, objectIds: readonly string[]): Promise<void>;
  remove(groupId: string, objectIds: readonly string[]): Promise<void>;
}
