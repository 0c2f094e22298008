/** The view that is shown, kept equal to the address; Back undoes a step. */
import { readAddress, startView, writeAddress, type Camera, type View } from './address';

const CAMERA_WAIT_MS = 250;

export class Place {
  view = $state.raw<View>(startView());
  /** Counts the times the reader went back or forward, so that the map follows the address. */
  travels = $state(0);
  #cameraTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly bar: Pick<Window, 'location' | 'history'> = window) {
    this.view = readAddress(bar.location.search);
  }

  /** Take a step that Back can undo. */
  go(change: Partial<View>): void {
    this.#writeNow();
    this.view = { ...this.view, ...change };
    this.bar.history.pushState(null, '', this.address(this.view));
  }

  /** Remember where the map is, without a step. */
  moved(camera: Camera): void {
    this.view = { ...this.view, camera };
    clearTimeout(this.#cameraTimer);
    this.#cameraTimer = setTimeout(() => this.#writeNow(), CAMERA_WAIT_MS);
  }

  /** The reader went back or forward. */
  returned(): void {
    clearTimeout(this.#cameraTimer);
    this.view = readAddress(this.bar.location.search);
    this.travels += 1;
  }

  /** The address of the view as it would be after a change. */
  href(change: Partial<View>): string {
    return this.address({ ...this.view, ...change });
  }

  address(view: View): string {
    return this.bar.location.pathname + writeAddress(view);
  }

  #writeNow(): void {
    clearTimeout(this.#cameraTimer);
    this.bar.history.replaceState(null, '', this.address(this.view));
  }
}
