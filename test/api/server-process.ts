// A server in a process of its own, to be killed: `node server-process.ts DATA` prints its address and token.
import { createLog, startServer } from '../../src/api/index.ts';

const dataDir = process.argv[2];
if (!dataDir) throw new Error('give the data folder');
const log = createLog('silent', { write() {} });
const server = await startServer({ dataDir, env: {}, host: '127.0.0.1', port: 0, cycle: false, log });
console.log(JSON.stringify({ url: server.url, token: server.token }));
