// A typed client of the API, for the command line and the console. What carries the requests is an argument.
export {
  type Client,
  createClient,
  jobResult,
  type Transport,
  type WireRequest,
} from './client.ts';
