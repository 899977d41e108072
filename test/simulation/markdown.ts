/** A Markdown table with columns padded as Prettier does it; the first row is the header. */
export function markdownTable(rows: string[][]): string {
	const widths = rows[0].map((_, column) =>
		Math.max(3, ...rows.map((cells) => cells[column].length)),
	);
	const line = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const [head, ...body] = rows.map(line);
	return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n');
}
