/** Red, green and blue, 0 to 255. */
type Rgb = [number, number, number];

/** A color by its place on the color wheel and its lightness, both 0 to 1. */
export function rgb(hue: number, lightness: number): Rgb {
	const reach = 0.6 * Math.min(lightness, 1 - lightness);
	const channel = (offset: number) => {
		const place = (offset + hue * 12) % 12;
		const share = Math.max(-1, Math.min(place - 3, 9 - place, 1));
		return Math.round(255 * (lightness - reach * share));
	};
	return [channel(0), channel(8), channel(4)];
}
