// Assets and Compliance: collections of devices and users, and the inventory.
export { CollectionsPage } from './list/collections-page.tsx';
export { ResourcesPage } from './resources/resources-page.tsx';
