"""Staff lists from the file to the people, and back.

A file goes through five steps, and changes nothing before the last:

- `columns`: which column is what, proposed from its titles or remembered;
- `reading`: every line becomes values (`values`) or a reason why it is refused;
- `mapping`: what the hospital's words for roles, departments and sites mean;
- `identity` and `plan`: whom a line means, and what would change;
- `applying`: that plan in one transaction; `undoing` takes it back within thirty days.

`flow` is what screens and commands call, `work` goes on with a step in the background,
`selectors` is what the screens show.
"""
