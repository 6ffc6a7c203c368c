// Discovery of a large tenant whose devices and users become the inventory.
import { measureDiscovery } from './discovery/measure.ts';

await measureDiscovery(true);
