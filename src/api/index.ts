// The HTTP API: its contract, a typed client of it, and the application that answers.
export { type Application, type ApplicationOptions, openApplication } from './application.ts';
export { createToken } from './auth/tokens.ts';
export * from './client/index.ts';
export * from './contract/index.ts';
export { createLog } from './log.ts';
export { type Server, type ServerOptions, startServer } from './server.ts';

export { selfSigned } from './tls.ts';
