// What fills the inventory: files, Entra discovery.

export { type DiscoveryOptions, type DiscoveryResult, discover } from './discovery/discover.ts';
export { lookUp } from './discovery/look-up.ts';
export type { Round } from './discovery/round.ts';
export { type ResourceFileFormat, readResourceFile } from './file.ts';
export { openResourceFile } from './open.ts';
