// The HTTP API: its contract, a typed client of it, and the application that answers.
export * from './client/index.ts';
export * from './contract/index.ts';
