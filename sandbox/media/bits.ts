/** Writes bits, the highest of each byte first. */
export class BitWriter {
	private text = '';

	/** A number in so many bits. */
	put(value: number, bits: number): this {
		this.text += value.toString(2).padStart(bits, '0');
		return this;
	}

	/** Numbers in exponential Golomb code, which H.264 has almost everywhere. */
	golomb(...values: number[]): this {
		for (const value of values) {
			const code = (value + 1).toString(2);
			this.text += code.padStart(2 * code.length - 1, '0');
		}
		return this;
	}

	/** The bytes; zeros fill the last one. */
	bytes(): Buffer {
		const octets = this.text.match(/.{1,8}/g) ?? [];
		return Buffer.from(octets.map((octet) => parseInt(octet.padEnd(8, '0'), 2)));
	}
}
