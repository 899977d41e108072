/** The 32-bit FNV-1a hash. */
function fnv1a(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	}
	return value >>> 0;
}

const PLACES_PER_FEATURE = 4;
const PIECE_WEIGHT = 0.25;

/** Weighted features of a text: its words, and parts of them for inflected forms. */
function* featuresOf(text: string): Generator<[feature: string, weight: number]> {
	for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
		yield [word, 1];
		const framed = `<${word}>`;
		for (let start = 0; start + 3 <= framed.length; start++) {
			yield [framed.slice(start, start + 3), PIECE_WEIGHT];
		}
	}
}

/**
 * A deterministic unit vector: similar for texts with the same words, almost orthogonal for texts with
 * different words.
 */
export function embed(text: string, dimensions: number): number[] {
	const vector = new Array<number>(dimensions).fill(0);
	for (const [feature, weight] of featuresOf(text)) {
		for (let place = 0; place < PLACES_PER_FEATURE; place++) {
			const drawn = fnv1a(`${place}${feature}`);
			vector[drawn % dimensions] += drawn & 0x80000000 ? weight : -weight;
		}
	}
	const length = Math.hypot(...vector);
	if (length === 0) return vector.with(0, 1);
	return vector.map((value) => Math.fround(value / length));
}
