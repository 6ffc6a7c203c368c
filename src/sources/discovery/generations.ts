// entra_object.generation says when an object was last seen: the number of the full discovery, or one of these.

/** Entra has said in the round under way that the object is gone. */
export const reportedGone = -1;

/** The object was missing when an earlier round ended, and its removal is held. */
export const heldGone = 0;
