// How a command reaches the API, and what it does with lists and jobs.
export type { Connection } from './connection.ts';
export { connectServer } from './http.ts';
export { finished } from './job.ts';
