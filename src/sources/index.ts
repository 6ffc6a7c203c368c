// What fills the inventory: files, Entra discovery.
export { type ResourceFileFormat, readResourceFile } from './file.ts';
