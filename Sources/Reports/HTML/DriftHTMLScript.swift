/// The script of the drift page: filter and search. It reads texts and sets `hidden`, nothing else: no markup is made from
/// data.
enum DriftHTMLScript {
    static let text = """
        (function () {
          "use strict";
          var controls = document.getElementById("controls");
          if (!controls) { return; }
          var search = document.getElementById("search");
          var component = document.getElementById("component");
          var count = document.getElementById("count");
          var boxes = Array.prototype.slice.call(controls.querySelectorAll("input[name=severity]"));
          var sections = Array.prototype.slice.call(document.querySelectorAll("section.component")).map(function (section) {
            return {
              element: section,
              findings: Array.prototype.slice.call(section.querySelectorAll("article.finding")).map(function (finding) {
                return { element: finding, text: (section.firstElementChild.textContent + " " + finding.textContent).toLowerCase() };
              })
            };
          });
          function update() {
            var words = search.value.toLowerCase().split(" ").filter(Boolean);
            var severities = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
            var shown = 0;
            var total = 0;
            sections.forEach(function (section) {
              var isWanted = component.value === "" || component.value === section.element.dataset.component;
              var visible = 0;
              section.findings.forEach(function (finding) {
                var isShown = isWanted && severities.indexOf(finding.element.dataset.severity) >= 0 &&
                  words.every(function (word) { return finding.text.indexOf(word) >= 0; });
                finding.element.hidden = !isShown;
                if (isShown) { visible += 1; }
              });
              section.element.hidden = visible === 0;
              shown += visible;
              total += section.findings.length;
            });
            count.textContent = shown + " of " + total + " findings";
          }
          search.addEventListener("input", update);
          component.addEventListener("change", update);
          boxes.forEach(function (box) { box.addEventListener("change", update); });
          controls.hidden = false;
          update();
        })();
        """
}
