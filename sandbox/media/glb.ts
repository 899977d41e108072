const corners = [
	[1, 1, 1],
	[-1, -1, 1],
	[-1, 1, -1],
	[1, -1, -1],
];
const faces = [
	[0, 2, 1],
	[0, 1, 3],
	[0, 3, 2],
	[1, 2, 3],
];

const float = 5126;
const unsignedShort = 5123;

/** A binary glTF 2.0 file with one tetrahedron. */
export function makeGlb(): Buffer {
	const positions = Buffer.from(new Float32Array(corners.flat()).buffer);
	const indices = Buffer.from(new Uint16Array(faces.flat()).buffer);
	const scene = {
		asset: { version: '2.0' },
		scene: 0,
		scenes: [{ nodes: [0] }],
		nodes: [{ mesh: 0 }],
		meshes: [{ primitives: [{ attributes: { POSITION: 0 }, indices: 1 }] }],
		accessors: [
			{
				bufferView: 0,
				componentType: float,
				count: corners.length,
				type: 'VEC3',
				min: [-1, -1, -1],
				max: [1, 1, 1],
			},
			{
				bufferView: 1,
				componentType: unsignedShort,
				count: faces.length * 3,
				type: 'SCALAR',
			},
		],
		bufferViews: [
			{ buffer: 0, byteOffset: 0, byteLength: positions.length },
			{ buffer: 0, byteOffset: positions.length, byteLength: indices.length },
		],
		buffers: [{ byteLength: positions.length + indices.length }],
	};
	const json = padded(Buffer.from(JSON.stringify(scene)), ' ');
	const binary = padded(Buffer.concat([positions, indices]), '\0');
	const content = Buffer.concat([chunk('JSON', json), chunk('BIN\0', binary)]);
	return Buffer.concat([Buffer.from('glTF'), words(2, 12 + content.length), content]);
}

const chunk = (type: string, data: Buffer): Buffer =>
	Buffer.concat([words(data.length), Buffer.from(type), data]);

/** Chunks end at a multiple of four bytes. */
const padded = (data: Buffer, filler: string): Buffer =>
	Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4, filler)]);

function words(...values: number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 4);
	for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
	return bytes;
}
