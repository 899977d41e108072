import { pause } from './sleep';

/** Seconds to wait after a refusal that names no time; doubled while refusals go on. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 60;
/** A pause gets up to this share longer by chance, so that two runs do not end it together. */
const JITTER = 0.1;
/** A run begins with this share of its cap and grows by so much with each answer. */
const FIRST_SHARE = 0.6;
const FIRST_GROWTH = 0.5;
/** The pace grows by this factor each second: what the API says of waiting is often rounded up. */
const PACE_GROWTH = 1.03;

/**
 * How fast a run sends. At most `cap` requests are under way. When the API refuses with 'too many
 * requests', all requests of the run wait as long as it says; afterwards half as many go at once,
 * spaced as the API took them before, so that the end of a pause is no stampede. While all goes
 * well, both grow back.
 */
export class RateLimiter {
	private underWay = 0;
	/** How many may be under way at present. */
	private limit: number;
	private readonly waiting: Array<() => void> = [];

	/** Times in milliseconds since the epoch. */
	private pausedUntil = 0;
	private heldUntil = 0;
	private nextStart = 0;
	/** Milliseconds between two starts at the beginning of the stretch; 0 for no spacing. */
	private spacing = 0;
	/** A stretch is the time from the first start, or the end of a pause, to the end of the next. */
	private stretchBegan = 0;
	private takenInStretch = 0;
	/** Until when the first refusal of the last burst asked to wait, without what chance adds. */
	private askedUntil = 0;
	private refusalsInARow = 0;
	private hasBeenRefused = false;

	constructor(private readonly cap: number) {
		this.limit = Math.ceil(cap * FIRST_SHARE);
	}

	/** Waits for a place and for its time, sends, and gives the place on. */
	async send<T>(request: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
		await this.place();
		try {
			await this.startTime(signal);
			return await request();
		} finally {
			this.underWay--;
			this.fillPlaces();
		}
	}

	/** The API took a request. */
	noteTaken(): void {
		this.takenInStretch++;
		this.refusalsInARow = 0;
		const growth = this.hasBeenRefused ? 1 / this.limit : FIRST_GROWTH;
		this.limit = Math.min(this.cap, this.limit + growth);
	}

	/**
	 * The API refused a request because there were too many. Refusals that come in while the run
	 * pauses already belong to the same burst and only make the pause longer.
	 *
	 * @param retryAfter seconds it asks to wait, if it says so
	 */
	noteRefusal(retryAfter: number | undefined): void {
		const now = Date.now();
		const isSameBurst = now < this.pausedUntil;
		if (!isSameBurst) {
			this.hasBeenRefused = true;
			this.limit = Math.max(1, this.limit / 2);
			this.refusalsInARow++;
		}
		const seconds =
			retryAfter ?? Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.refusalsInARow - 1));
		const until = now + seconds * 1000;
		if (!isSameBurst) this.askedUntil = until;
		const jitter = isSameBurst ? 0 : seconds * 1000 * JITTER * Math.random();
		this.pausedUntil = Math.max(this.pausedUntil, until + jitter);
	}

	/** The API is overloaded and says for how many seconds to leave it alone; that is no matter of pace. */
	holdBack(seconds = 0): void {
		this.heldUntil = Math.max(this.heldUntil, Date.now() + seconds * 1000);
	}

	private async place(): Promise<void> {
		const placed = new Promise<void>((start) => this.waiting.push(start));
		this.fillPlaces();
		await placed;
	}

	private fillPlaces(): void {
		while (this.waiting.length && this.underWay < Math.floor(this.limit)) {
			this.underWay++;
			this.waiting.shift()!();
		}
	}

	private async startTime(signal: AbortSignal | undefined): Promise<void> {
		signal?.throwIfAborted();
		for (;;) {
			const now = Date.now();
			this.stretchBegan ||= now;
			if (now >= this.pausedUntil && this.pausedUntil > this.stretchBegan) this.beginStretch();
			const start = Math.max(now, this.pausedUntil, this.heldUntil, this.nextStart);
			if (start <= now) {
				this.nextStart = now + this.currentSpacing(now);
				return;
			}
			await pause(start - now, signal);
		}
	}

	/** The pause is over: what the API took since the last one, spread over the time, is the pace. */
	private beginStretch(): void {
		if (this.takenInStretch) {
			this.spacing = (this.askedUntil - this.stretchBegan) / this.takenInStretch;
		}
		this.stretchBegan = this.pausedUntil;
		this.takenInStretch = 0;
	}

	private currentSpacing(now: number): number {
		return this.spacing / PACE_GROWTH ** ((now - this.stretchBegan) / 1000);
	}
}
