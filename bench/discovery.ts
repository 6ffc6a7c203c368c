// Discovery of a large tenant all of whose devices and users are in the inventory by another source.
import { measureDiscovery } from './discovery/measure.ts';

await measureDiscovery(false);
