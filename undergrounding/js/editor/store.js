// The copy kept in this browser while the server does not have the drawing yet.

const key = (uuid) => `tt.route.${uuid}`;

export function createStore(storage) {
  return {
    /** False where the browser refuses (private window, full): the page then says so. */
    keep(uuid, copy) {
      try {
        storage.setItem(key(uuid), JSON.stringify(copy));
        return true;
      } catch {
        return false;
      }
    },
    read(uuid) {
      try {
        return JSON.parse(storage.getItem(key(uuid)));
      } catch {
        return null;
      }
    },
    forget(uuid) {
      try {
        storage.removeItem(key(uuid));
      } catch {
        // A storage that refuses holds nothing either.
      }
    },
    /** The newest copy of a drawing that never reached the server. */
    newest() {
      try {
        return Object.keys(storage)
          .filter((name) => name.startsWith(key("")))
          .map((name) => JSON.parse(storage.getItem(name)))
          .filter((copy) => copy?.isNew)
          .sort((a, b) => b.at - a.at)[0];
      } catch {
        return undefined;
      }
    },
  };
}
